begin;
select plan(5);

create temporary table given as select test.enroll() as enrollment_id;
create function pg_temp.add(p_act text, p_enrollment_id uuid) returns text language sql as $$
  select test.refused_by(format(
    'insert into handoff.acts (occurred_at, act, enrollment_id, actor_role) values (now(), %L, %L, ''handoff_admin'')', p_act, p_enrollment_id
  ))
$$;
select is(pg_temp.add('something_was_done', enrollment_id), null, 'an act') from given;
insert into handoff.acts (occurred_at, act, enrollment_id, actor_role) select now(), 'something', enrollment_id, 'x' from given;
select is(
  test.refused_by('insert into handoff.acts select a.* from handoff.acts as a, (values (1), (2)) as v'), '23505:acts_pkey', 'a place that is taken'
);
select is(pg_temp.add('Something', enrollment_id), '23514:acts_act_shape', 'an act that is no code') from given;
select is(pg_temp.add('something', null), '23514:acts_about_something', 'an act about nothing');
select matches(
  (select pg_get_expr(d.adbin, d.adrelid) from pg_attrdef as d where d.adrelid = 'handoff.acts'::regclass), 'step_transitions',
  'its position is one of the trail''s'
);

select * from finish();
rollback;
