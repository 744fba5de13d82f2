begin;
select plan(6);
create temporary table given as select test.enroll() as johns;
create function pg_temp.add(p_step_id uuid, p_values text) returns text language sql as $$
  select test.refused_by(format(
    'insert into handoff.partner_answers (step_id, accepted_at, refused_at, launch_url) values (%L, %s)', p_step_id, p_values
  ))
$$;
select is(pg_temp.add(test.step(johns, 1), c.answer), c.by, c.what)
from given cross join (values
  ('null, null, null', '23514:partner_answers_say_something', 'an answer that says nothing'),
  ('now(), null, ''javascript:alert(1)''', '23514:partner_answers_launch_url_web', 'a launch_url that is a script'),
  ('now(), null, ''https://hsi.example/'' || repeat(''x'', 2000)', '23514:partner_answers_launch_url_web', 'one that is too long'),
  ('null, now(), null', null, 'a refusal')
) as c (answer, by, what);
select is(pg_temp.add(gen_random_uuid(), 'now(), null, null'), '23503:partner_answers_step_id_fkey', 'a step that is not there');
insert into handoff.partner_answers (step_id, refused_at) select test.step(johns, 1), now() from given;
select is(pg_temp.add(test.step(johns, 1), 'now(), null, null'), '23505:partner_answers_pkey', 'a second answer for the step') from given;
select * from finish();
rollback;
