create or replace function handoff_private.takes_students(p_program_slug text)
returns boolean
language sql
stable
as $$
  select exists (select from handoff.program_partners as m where m.program_slug = p_program_slug and m.is_required)
$$;

comment on function handoff_private.takes_students(text) is 'Whether a program leads to a partner at all.';
