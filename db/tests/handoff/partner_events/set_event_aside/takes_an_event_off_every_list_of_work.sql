begin;
select plan(24);

create temporary table given as select test.enroll('cna') as cna, test.student() as john, test.admin() as ada;
grant select on given to public;
create function pg_temp.receipt(p_key text) returns uuid language sql as $$
  select e.receipt from handoff.partner_events as e where e.event_key = p_key
$$;
create function pg_temp.listed() returns text language sql as $$
  select string_agg(e.event_key, ' ' order by e.event_key)
  from handoff.find_events() as f join handoff.partner_events as e on e.receipt = f.receipt
$$;
select test.deliver_raw('hsi', '{', 'rejected');
select test.send('hsi', 'course.completed', null, '{"student_id": "h-1"}', 'unknown');
select test.send('hsi', 'course.completed', john, '{}', 'applied') from given;
select is(pg_temp.listed(), 'rejected unknown', 'two to look at');
select handoff.mark_events_due();

select is(handoff.set_event_aside(pg_temp.receipt('unknown'), ' a test account '), 'parked', 'a parked one');
select is(handoff.set_event_aside(pg_temp.receipt('rejected'), 'sent again, well'), 'rejected', 'a rejected one');
select is(pg_temp.listed(), null, 'neither is listed');
select is_empty('select * from handoff.attention_counts()', 'nor counted');
select is_empty('select * from handoff.due_events()', 'nor due');
select is(handoff.mark_events_due(), 0, 'nor marked as due');
select is((select (e.status, e.reason, e.set_aside_at is not null)::text from handoff.partner_events as e where e.event_key = 'unknown'), '(parked,unknown_student,t)', 'it keeps its outcome');
create temporary table before as select jsonb_agg(to_jsonb(e)) as events from handoff.partner_events as e;
select is(handoff.set_event_aside(pg_temp.receipt('unknown'), 'again'), 'parked', 'twice is once');
select is((select jsonb_agg(to_jsonb(e)) from handoff.partner_events as e), events, 'nothing changes') from before;
select results_eq(
  $$select r.act, r.reason from handoff.acts as r where r.event_receipt = pg_temp.receipt('unknown')$$,
  $$values ('set_aside', 'a test account')$$, 'it is written down, once'
);
select is((select reason from handoff.event_history(pg_temp.receipt('unknown')) where act = 'set_aside'), 'a test account', 'and shown');

-- It does not apply by itself any more.
select is(handoff.link_partner_account('hsi', 'h-1', john), 0, 'not when the account is linked') from given;
select is(handoff.sweep_parked_events(), 0, 'nor by the sweep');
select is_empty('select * from test.violations()', 'the books are right');
select is((select r.status || ':' || r.reason from handoff.replay_partner_event(pg_temp.receipt('unknown')) as r), 'ignored:already_completed', 'a replay takes it up again');
select is((select r.status || ':' || r.reason from handoff.replay_partner_event(pg_temp.receipt('rejected')) as r), 'rejected:bad_json', 'whatever comes of it');
select is(pg_temp.listed(), 'rejected', 'then it is listed again');

-- What can't be set aside, and who may.
select throws_ok($$select handoff.set_event_aside(pg_temp.receipt('applied'), 'why')$$, 'TH409', null, 'an applied one');
select throws_ok($$select handoff.set_event_aside(gen_random_uuid(), 'why')$$, 'TH404', null, 'an unknown one');
select throws_ok($$select handoff.set_event_aside(pg_temp.receipt('rejected'), ' ')$$, 'TH400', null, 'without a reason');
select is(test.refused_by($$update handoff.partner_events set set_aside_at = now() where event_key = 'applied'$$), '23514:partner_events_set_aside_is_open', 'by nobody');
select test.act('handoff_admin', john) from given;
select throws_ok($$select handoff.set_event_aside(gen_random_uuid(), 'why')$$, 'TH403', null, 'the role alone does not make an admin');
select test.as_dba();
select function_privs_are('handoff', 'set_event_aside', array['uuid', 'text'], 'handoff_worker', array[]::text[], 'the worker can''t');

select * from finish();
rollback;
