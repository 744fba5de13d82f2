begin;
select plan(5);

create function pg_temp.told(p_name text) returns numeric language sql as $$
  select m.value from handoff.metrics() as m where m.name = p_name and m.labels ->> 'reader' is not distinct from
    case when p_name like 'handoff_trail%' then 'messages' end
$$;

select test.set_clock('2026-03-02 12:00+00');
update handoff.trail_readers set seen_at = handoff.clock(), moved_at = handoff.clock();
select test.follow_trail();
select is(pg_temp.told('handoff_trail_reader_behind'), 0::numeric, 'a reader that has followed everything');
create temporary table given as select test.enroll() as johns;
select cmp_ok(pg_temp.told('handoff_trail_reader_behind'), '>', 1::numeric, 'what came since is to be followed');
select test.travel('1 hour');
select is(pg_temp.told('handoff_worker_seen_timestamp_seconds'), 1772452800::numeric, 'when a worker last looked');
select test.follow_trail();
select is(pg_temp.told('handoff_worker_seen_timestamp_seconds'), 1772456400::numeric, 'now it did');
select is(pg_temp.told('handoff_trail_reader_moved_timestamp_seconds'), 1772456400::numeric, 'and went on');

select * from finish();
rollback;
