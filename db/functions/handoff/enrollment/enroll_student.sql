-- Lock order: profile, enrollments, steps, certificate.
-- The profile's lock makes two calls for one student follow each other, so both get the same enrollment. A unique
-- index on open enrollments stands behind it.
create or replace function handoff.enroll_student(p_student_id uuid, p_program_slug text, p_again boolean default false)
returns uuid
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_student_id uuid;
  v_program    handoff.programs;
  v_enrollment handoff.enrollments;
begin
  perform handoff_private.require_admin();
  perform handoff_private.begin_act('enrolled');
  v_student_id := handoff_private.lock_student(p_student_id);
  v_program := handoff_private.program_to_enroll_in(p_program_slug);
  select e.*
  into v_enrollment
  from handoff.enrollments as e
  where e.student_id = v_student_id and e.program_slug = p_program_slug
    and (e.status in ('pending', 'active', 'on_hold') or (e.status = 'completed' and not coalesce(p_again, false)))
  order by e.status = 'completed', e.enrolled_at desc
  limit 1;
  if found then
    return v_enrollment.id;
  end if;
  if not v_program.is_open then
    raise exception using
      errcode = 'TH409',
      message = 'program is closed',
      detail = jsonb_build_object('program', p_program_slug)::text,
      hint = 'Set is_open on the program, or choose another.';
  end if;
  insert into handoff.enrollments (student_id, program_slug, status, enrolled_at, activated_at)
  select
    v_student_id,
    p_program_slug,
    case when v_program.requires_approval then 'pending' else 'active' end,
    c.now,
    case when not v_program.requires_approval then c.now end
  from (select handoff.clock() as now) as c
  returning * into v_enrollment;
  if v_enrollment.status = 'active' then
    perform handoff_private.copy_sequence(v_enrollment);
  end if;
  return v_enrollment.id;
end;
$$;

comment on function handoff.enroll_student(uuid, text, boolean) is
  'The student''s enrollment in the program, made with its steps when there is none open or completed (p_again: none '
  'open). TH404, TH409 closed, TH422 not configured.';
