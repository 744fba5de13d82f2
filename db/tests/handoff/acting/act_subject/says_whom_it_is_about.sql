begin;
select plan(8);
create temporary table given as select test.admin() as ada, test.student('ann@test.example') as ann, test.enroll('cpr-first-aid', 'ann@test.example') as id;
grant select on given to public;
create function pg_temp.about(p_act text, p_target text) returns text language sql as $$
  select concat_ws(' ', s.profile_id = g.ann, s.about) from given as g cross join lateral handoff.act_subject(p_act, p_target) as s
$$;
select test.as_admin(ada) from given;
select is(pg_temp.about('hold', id::text), 't CPR & First Aid', 'an enrollment') from given;
select is(pg_temp.about('skip', test.step(id, 1)::text), 't Health & Safety Institute, CPR & First Aid', 'a step') from given;
select is(pg_temp.about('correct', ann::text), 't ann@test.example', 'a person') from given;
select test.as_dba();
select handoff.mark_step_complete(test.step(id, 1)) from given;
select test.as_admin(ada) from given;
select is(pg_temp.about('revoke', c.number), 't CPR & First Aid, ' || c.number, 'a certificate') from handoff.certificates as c;
select is(pg_temp.about('hold', gen_random_uuid()::text), null, 'nothing');
select is(pg_temp.about('hold', 'x'), null, 'no id');
select throws_ok('select from handoff.act_subject(''dance'', ''x'')', 'TH400', null, 'no act');
select test.as_admin(ann) from given;
select is(pg_temp.about('correct', ann::text), null, 'not for a student') from given;
select * from finish();
rollback;
