create or replace function handoff_private.kind_of_target(p_act text)
returns text
language plpgsql
immutable
as $$
begin
  case
    when p_act in ('approve', 'hold', 'resume', 'withdraw') then
      return 'enrollment';
    when p_act in ('complete', 'skip', 'fail', 'reopen') then
      return 'step';
    when p_act in ('revoke', 'reissue') then
      return 'certificate';
    when p_act in ('enroll', 'link', 'unlink', 'correct', 'disable', 'enable', 'merge', 'erase') then
      return 'person';
    else
      raise exception using
        errcode = 'TH400',
        message = 'unknown act',
        detail = jsonb_build_object('act', p_act)::text,
        hint = 'Name an act of possible_acts.';
  end case;
end;
$$;

comment on function handoff_private.kind_of_target(text) is
  'What an act of the admin''s hand is done to: enrollment, step, certificate or person. TH400 for another act.';
