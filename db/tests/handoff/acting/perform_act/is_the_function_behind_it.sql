begin;
select plan(13);
create temporary table given as
select test.admin() as ada, test.student('john@test.example') as john, test.enroll('medical-assistant', 'john@test.example') as id;
create temporary table steps as select s.sequence_order as n, s.id from handoff.enrollment_steps as s join given as g on g.id = s.enrollment_id;
create function pg_temp.version() returns bigint language sql as $$ select handoff.person_version(g.john) from given as g $$;
create temporary table seen as select pg_temp.version() as id;
grant select on given, steps, seen to public;
select test.as_admin(ada) from given;
select is(handoff.perform_act('complete', s.id::text, 'the paper came by mail', '{"completed_on": "2026-01-05"}', v.id), 'completed', 'a step is completed by hand') from steps as s, seen as v where s.n = 1;
select is(
  (select concat_ws(' ', e.channel, e.status, e.reason, e.step_id = s.id, e.context ->> 'reason') from handoff.partner_events as e), 'manual accepted completed t the paper came by mail',
  'by an event of channel manual that names it and says why'
) from steps as s where s.n = 1;
select throws_ok(format('select handoff.perform_act(''hold'', %L, ''ill'', ''{}'', %s)', g.id, v.id), 'TH409', 'not possible in this state', 'who acts on what was so before is told') from given as g, seen as v;
select test.as_dba();
update seen set id = pg_temp.version();
select test.as_admin(ada) from given;
select is(handoff.perform_act('hold', g.id::text, 'ill', '{}', v.id), 'on_hold', 'who has seen it acts') from given as g, seen as v;
select is(handoff.perform_act('resume', g.id::text, 'well again'), 'active', 'or who does not say what was seen') from given as g;
select throws_ok(format('select handoff.perform_act(''complete'', %L, ''twice'')', s.id), 'TH409', null, 'a completed step is not completed again') from steps as s where s.n = 1;
select throws_ok(format('select handoff.perform_act(''complete'', %L, '''')', s.id), 'TH400', null, 'nor one without a reason') from steps as s where s.n = 2;
select throws_ok(format('select handoff.perform_act(''complete'', %L, ''x'', ''{"completed_on": "soon"}'')', s.id), 'TH409', null, 'or on a day that is none') from steps as s where s.n = 2;
select throws_ok(format('select handoff.perform_act(''complete'', %L, ''x'')', gen_random_uuid()), 'TH404', null, 'or one that there is not');
select is((select count(*) from handoff.partner_events), 1::bigint, 'what is refused leaves no event');
select is(handoff.perform_act('correct', g.john::text, 'misspelt', '{"full_name": "Jon Student"}'), g.john::text, 'a person is corrected') from given as g;
select is(handoff.perform_act('erase', g.john::text, 'asked for it'), 'erased', 'or forgotten') from given as g;
select test.as_admin(john) from given;
select throws_ok(format('select handoff.perform_act(''hold'', %L, ''x'')', id), 'TH403', null, 'a student does none of it') from given;
select * from finish();
rollback;
