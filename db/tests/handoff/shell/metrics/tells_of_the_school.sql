begin;
select plan(6);

create function pg_temp.told(p_name text) returns text language sql as $$
  select coalesce(string_agg(
    concat_ws(' ', m.labels ->> 'partner', m.labels ->> 'status', m.labels ->> 'kind', m.labels ->> 'severity', m.value), ', '
    order by m.labels ->> 'partner', m.labels ->> 'status', m.labels ->> 'kind'
  ), '')
  from handoff.metrics() as m
  where m.name = p_name and m.value is not null
$$;

select test.set_clock('2026-03-02 12:00+00');
update handoff.trail_readers set position = began where name = 'figures';
create temporary table given as select test.enroll('cna') as cna;
select is(pg_temp.told('handoff_steps'), '', 'nothing is counted here where no worker has counted');
select handoff.follow_figures(m.last_id, '3', 1000000) from handoff.mark_trail() as m;
select is(pg_temp.told('handoff_steps'), 'certiport pending 1, hsi in_progress 1', 'steps by partner and status');
select handoff.mark_step_complete(test.step(cna, 1)) from given;
select is(pg_temp.told('handoff_steps'), 'certiport in_progress 1, hsi completed 1', 'as they are now');

select is(pg_temp.told('handoff_alerts_open'), '', 'nothing is wrong');
select handoff.fail_step(test.step(cna, 2), 'cheated') from given;
select test.follow_trail();
select test.sweep();
select is(pg_temp.told('handoff_alerts_open'), 'enrollment_blocked notice 1', 'something is');
select handoff.reopen_step(test.step(cna, 2), 'may try again') from given;
select test.follow_trail();
select test.sweep();
select is(pg_temp.told('handoff_alerts_open'), '', 'and not any more');

select * from finish();
rollback;
