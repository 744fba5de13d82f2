begin;
select plan(12);
select test.set_clock('2026-03-02 12:00+00');
create function pg_temp.doubts_before() returns timestamptz language sql as $$ select h.doubts_before from handoff.home as h $$;

select is(handoff.find_home(), 'known', 'the database of the deploy');
select is(pg_temp.doubts_before(), null::timestamptz, 'in which nothing is in doubt');

update handoff.home set system_identifier = 1, seen_xid = '3';
select is(handoff.find_home(), 'upgraded', 'another cluster that goes on with its tables and its transactions');
select is(pg_temp.doubts_before(), null::timestamptz, 'nothing is in doubt there, either');
select is(handoff.find_home(), 'known', 'and it is known from then on');

update handoff.home set outbox_oid = 1;
select is(handoff.find_home(), 'restored', 'other tables in the same cluster: a dump was restored');
select is(pg_temp.doubts_before(), '2026-03-02 12:00+00'::timestamptz, 'what was before is in doubt');
select test.travel('1 hour');
select is(handoff.find_home(), 'known', 'it is found out once');
select is(pg_temp.doubts_before(), '2026-03-02 12:00+00'::timestamptz, 'and what came since is not in doubt');

update handoff.home set system_identifier = 1, seen_xid = '9000000000000000000';
select is(handoff.find_home(), 'restored', 'a cluster whose transactions begin anew, though the table''s oid is the same by chance');
update handoff.home set system_identifier = 1, outbox_oid = 1, seen_xid = '3';
select is(handoff.find_home(), 'restored', 'another cluster with other tables');
select is(pg_temp.doubts_before(), '2026-03-02 13:00+00'::timestamptz, 'in doubt up to now');
select * from finish();
rollback;
