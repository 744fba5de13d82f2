begin;
-- A student in every state of an enrollment and of its steps.
create temporary table given as
select
  test.admin() as ada, test.student('john@test.example') as john,
  test.enroll('cna', 'john@test.example') as held, test.enroll('emt', 'john@test.example') as gone,
  test.enroll('medical-assistant', 'john@test.example') as open, test.enroll('cpr-first-aid', 'john@test.example') as done;
select handoff.hold_enrollment(held, 'on leave'), handoff.withdraw_enrollment(gone, 'moved') from given;
select handoff.mark_step_complete(test.step(done, 1)), handoff.fail_step(test.step(open, 1), 'gave up') from given;
update handoff.programs set requires_approval = true where slug = 'hvac-technician';
select handoff.enroll_student(john, 'hvac-technician') from given;
select handoff.link_partner_account('hsi', 'H-1', john) from given;
create temporary table details (act text, details jsonb);
insert into details values
  ('enroll', '{"program": "barbering"}'), ('link', '{"partner": "jri", "account": "J-1"}'), ('unlink', '{"partner": "hsi", "account": "H-1"}'),
  ('correct', '{"full_name": "John New"}'), ('merge', jsonb_build_object('into', test.student('twin@test.example')));
update details set details = jsonb_build_object('program', (select p.slug from handoff.programs as p where not p.requires_approval order by p.slug limit 1))
where act = 'enroll';
grant select on given, details to public;

create function pg_temp.tried(p_act text, p_target text) returns text language plpgsql as $$
begin
  perform handoff.preview_act(p_act, p_target, (select d.details from details as d where d.act = p_act));
  return null;
exception
  when others then
    return sqlstate || ' ' || sqlerrm || ' ' || p_act;
end;
$$;
create temporary table offered as select p.* from given as g cross join lateral handoff.possible_acts(g.john) as p;
grant select on offered to public;
select plan(6 + (select count(*)::integer from offered));
select test.as_admin(ada) from given;
select is(pg_temp.tried(o.act, o.target), null, 'offered: ' || o.act || ' ' || o.about) from offered as o;
-- What is not offered is refused, or would change nothing.
create function pg_temp.refused(p_act text, p_target text) returns boolean language plpgsql as $$
begin
  return not exists (select from handoff.preview_act(p_act, p_target, (select d.details from details as d where d.act = p_act)));
exception
  when others then
    return true;
end;
$$;
select is_empty($q$
  select a.act, e.status
  from given as g
  join handoff.enrollments as e on e.student_id = g.john
  cross join unnest(array['approve', 'hold', 'resume', 'withdraw']) as a (act)
  where not exists (select from offered as o where o.act = a.act and o.target = e.id::text) and not pg_temp.refused(a.act, e.id::text)
$q$, 'what is not offered of an enrollment is refused or does nothing');
select is_empty($q$
  select a.act, e.status, s.status
  from given as g
  join handoff.enrollments as e on e.student_id = g.john
  join handoff.enrollment_steps as s on s.enrollment_id = e.id
  cross join unnest(array['complete', 'skip', 'fail', 'reopen']) as a (act)
  where not exists (select from offered as o where o.act = a.act and o.target = s.id::text) and not pg_temp.refused(a.act, s.id::text)
$q$, 'nor of a step');
select is((select count(*) from handoff.step_transitions as t where t.reason = 'to see what follows'), 0::bigint, 'nothing of it is left');
select is_empty('select from given as g cross join lateral handoff.possible_acts(gen_random_uuid()) as p', 'of nobody: nothing');
select test.as_admin(john) from given;
select is_empty('select from given as g cross join lateral handoff.possible_acts(g.john) as p', 'a student''s claims are offered nothing');
select test.as_dba();
select handoff.erase_profile(john, 'asked for it') from given;
select is_empty('select p.act from given as g cross join lateral handoff.possible_acts(g.john) as p where p.step_id is null and p.enrollment_id is null', 'of who is forgotten: nothing of the person');
select * from finish();
rollback;
