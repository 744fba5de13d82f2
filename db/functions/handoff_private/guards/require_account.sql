create or replace function handoff_private.require_account(p_partner_slug text, p_external_student_id text)
returns text
language plpgsql
stable
as $$
declare
  v_id constant text := handoff_private.stored_account(p_external_student_id);
begin
  if v_id is null then
    raise exception using
      errcode = 'TH400',
      message = 'malformed account',
      detail = '{"argument": "p_external_student_id"}',
      hint = 'Give the partner''s id of the student, 1 to 255 characters, without space around it and without invisible signs.';
  elsif not exists (select from handoff.partners as p where p.slug = p_partner_slug) then
    raise exception using
      errcode = 'TH404',
      message = 'unknown partner',
      detail = jsonb_build_object('partner', p_partner_slug)::text,
      hint = 'Give the slug of a partner.';
  end if;
  return v_id;
end;
$$;

comment on function handoff_private.require_account(text, text) is
  'The account as it is stored; TH400 or TH404 unless partner and account can be linked.';
