create or replace function handoff_private.refuse_unconfigured(p_program_slug text)
returns void
language plpgsql
immutable
as $$
begin
  raise exception using
    errcode = 'TH422',
    message = 'program has no required partner',
    detail = jsonb_build_object('program', p_program_slug)::text,
    hint = 'Insert its rows into handoff.program_partners; seeds/check_program_config.sql shows what is missing.';
end;
$$;

comment on function handoff_private.refuse_unconfigured(text) is
  'Raises TH422: a program that leads nowhere takes no enrollment.';
