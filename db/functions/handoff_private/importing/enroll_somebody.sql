-- Lock order: profile, enrollments, steps, certificate.
-- The student is locked before it is asked which enrollments there are: what is not among them was made here.
create or replace function handoff_private.enroll_somebody(
  p_email text,
  p_full_name text,
  p_program_slug text,
  p_cohort text,
  out profile_id uuid,
  out enrollment_id uuid,
  out made_person boolean,
  out made_enrollment boolean
)
returns record
language plpgsql
volatile
as $$
declare
  v_cohort constant text := handoff_private.stored_cohort(p_cohort);
  v_known  uuid[];
begin
  made_person := handoff_private.profile_of_address(p_email) is null;
  profile_id := handoff_private.lock_student(handoff.create_profile(p_email, p_full_name));
  v_known := array(select e.id from handoff.enrollments as e where e.student_id = enroll_somebody.profile_id);
  enrollment_id := handoff.enroll_student(profile_id, p_program_slug);
  made_enrollment := enrollment_id <> all (v_known);
  if made_enrollment and v_cohort is not null then
    perform handoff_private.note_cohort(enrollment_id, v_cohort);
  end if;
end;
$$;

comment on function handoff_private.enroll_somebody(text, text, text, text) is
  'Enrolls the person with this address, who is made when new. An enrollment that is there stays as it is, its cohort, '
  'too. TH400, TH404, TH409, TH422.';
