begin;
select plan(28);

create temporary table given as
  select test.student() as john, test.enroll('medical-assistant') as johns,
    test.student('jane@test.example') as jane, test.enroll('medical-assistant', 'jane@test.example') as janes;

-- What an event of the exam, or of the course, makes of its step, and what it leaves out. Nothing of it stays.
create function pg_temp.said(p_partner text, p_event text, p_more jsonb) returns text language plpgsql as $$
declare
  v_said text;
begin
  v_said := test.send(p_partner, p_event, test.student(), p_more, 'tried');
  select concat_ws(' ', v_said, nullif(e.left_out, '{}')::text, e.partner_enrollment_ref, e.result)
  into v_said
  from handoff.partner_events as e
  where e.event_key = 'tried';
  raise exception using errcode = 'TEST1';
exception
  when sqlstate 'TEST1' then
    return v_said;
end;
$$;

-- The result.
select is(
  pg_temp.said('certiport', 'exam.completed', jsonb_build_object('passed', true, 'score', v.score)), 'accepted:completed_early ' || v.said, v.what
)
from (values
  ('a score', '850'::jsonb, '850'), ('a score with a fraction', '85.5', '85.5'), ('a grade', '"A+"', 'A+'),
  ('a score below zero', '-1', '{score}'), ('a grade with a space behind it', '"A+ "', '{score}'), ('a list', '[850]', '{score}'),
  ('true', 'true', '{score}'), ('51 letters', to_jsonb(repeat('a', 51)), '{score}'), ('a hidden character', '"A\u200b"', '{score}')
) as v (what, score, said);
select is(
  pg_temp.said('certiport', 'exam.completed', '{"passed": true, "score": ""}'), 'accepted:completed_early', 'an empty result is none, and nothing to note'
);

-- The enrollment id.
select is(pg_temp.said('hsi', 'course.completed', jsonb_build_object('enrollment_id', v.ref)), 'accepted:completed ' || v.said, v.what)
from (values
  ('an id of the partner''s that is new', '"H-1"'::jsonb, 'H-1'), ('a whole number', '17', '17'),
  ('a number with a fraction', '1.5', '{enrollment_id}'), ('an object', '{"id": 1}', '{enrollment_id}'),
  ('a list of one', '["H-1"]', '{enrollment_id}'), ('a list in a list', '[["H-1"]]', '{enrollment_id}'),
  ('a space behind it', '"H-1 "', '{enrollment_id}'), ('256 letters', to_jsonb(repeat('a', 256)), '{enrollment_id}'),
  ('an id of ours that is none', '"00000000-0000-4000-8000-000000000000"', '00000000-0000-4000-8000-000000000000')
) as v (what, ref, said);
select is(pg_temp.said('hsi', 'course.completed', '{"enrollment_id": ""}'), 'accepted:completed', 'an empty one is none');
select is(
  pg_temp.said('certiport', 'exam.completed', '{"passed": true, "score": -1, "enrollment_id": false}'),
  'accepted:completed_early {enrollment_id,score}', 'both are noted'
);

-- A partner that names a class: the first student's step has the id, the others' do not get it.
select is(test.send('hsi', 'enrollment.created', john, '{"enrollment_id": "class-7"}'), 'accepted:acknowledged', 'the first student of a class') from given;
select is(
  test.send('hsi', 'enrollment.created', jane, '{"enrollment_id": "class-7"}', 'of Jane'), 'accepted:acknowledged', 'and the second'
) from given;
select is(
  (select e.left_out from handoff.partner_events as e where e.event_key = 'of Jane'), '{enrollment_id}', 'whose event notes what was left out'
);
select is(
  (select s.external_enrollment_id from handoff.enrollment_steps as s where s.id = test.step(janes, 1)), null, 'and whose step has no id of it'
) from given;
select is(
  test.send('hsi', 'course.completed', jane, '{"enrollment_id": "class-7"}'), 'accepted:completed', 'the second student completes'
) from given;
select is(
  test.send('hsi', 'course.completed', john, '{"enrollment_id": "class-7"}'), 'accepted:completed', 'and the first'
) from given;
select is(
  (select s.external_enrollment_id from handoff.enrollment_steps as s where s.id = test.step(johns, 1)), 'class-7', 'whose step keeps it'
) from given;

select * from finish();
rollback;
