create or replace function handoff_private.program_to_enroll_in(p_program_slug text)
returns handoff.programs
language plpgsql
stable
as $$
declare
  v_program handoff.programs;
begin
  select p.* into v_program from handoff.programs as p where p.slug = p_program_slug;
  if not found then
    raise exception using
      errcode = 'TH404',
      message = 'unknown program',
      detail = jsonb_build_object('program', p_program_slug)::text,
      hint = 'Give the slug of a program.';
  end if;
  if not exists (
    select from handoff.program_partners as m where m.program_slug = p_program_slug and m.is_required
  ) then
    perform handoff_private.refuse_unconfigured(p_program_slug);
  end if;
  return v_program;
end;
$$;

comment on function handoff_private.program_to_enroll_in(text) is
  'The program, when it exists (TH404) and leads somewhere (TH422).';
