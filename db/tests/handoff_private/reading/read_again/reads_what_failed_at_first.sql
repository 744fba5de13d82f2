begin;
select plan(5);
set local client_min_messages = error;

-- Reading calls a function that is not there, so many times.
create temporary sequence readings;
alter function handoff_private.time_of(jsonb) rename to time_when_found;
create function handoff_private.time_of(p_value jsonb) returns timestamptz language plpgsql security definer as $$
begin
  if nextval('pg_temp.readings') <= current_setting('test.failures')::bigint then
    raise undefined_function;
  end if;
  return handoff_private.time_when_found(p_value);
end;
$$;
create temporary table given as
  select test.enroll('cpr-first-aid', 'once@test.example') as once, test.enroll('cpr-first-aid', 'always@test.example') as always;

set local test.failures = 1;
select is(
  test.send('hsi', 'course.completed', test.student('once@test.example'), '{}', 'once'),
  'accepted:completed', 'a reading that fails once is done again, and the event decided'
);
select is(test.status(once), 'completed', 'and applied') from given;

set local test.failures = 1000;
select is(
  test.send('hsi', 'course.completed', test.student('always@test.example'), '{}', 'always'),
  'parked:apply_error', 'one that fails again parks the event'
);
select is(
  (select (e.error_code, e.body is not null)::text from handoff.partner_events as e where e.event_key = 'always'),
  '(42883,t)', 'which keeps its code and its body'
);

set local test.failures = 0;
select throws_ok(
  $$select handoff_private.read_again(handoff_private.new_event('nobody', 'key', '{}', 'webhook', '{}'))$$, 'TH404', null,
  'what is no fault of ours is raised'
);

select * from finish();
rollback;
