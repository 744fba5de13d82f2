begin;
select plan(34);
set local client_min_messages = error;

-- Planted where the event is applied: any of these is not the event's fault, and the sender shall try again.
create function pg_temp.trouble() returns trigger language plpgsql as $$
begin
  if current_setting('test.trouble', true) <> '' then
    raise exception using errcode = current_setting('test.trouble');
  end if;
  return new;
end
$$;
create trigger trouble before insert on handoff.certificates for each row execute function pg_temp.trouble();
create temporary table given as
  select test.enroll('cpr-first-aid', 'troubled@test.example') as enrollment_id, test.student('troubled@test.example') as student_id;
create temporary table before as select test.picture(enrollment_id) as picture from given;
create function pg_temp.receive(p_trouble text, p_key text) returns text language sql as $$
  select set_config('test.trouble', p_trouble, true);
  select test.send('hsi', 'course.completed', student_id, '{}', p_key) from pg_temp.given;
$$;

-- throws_ok can't be used: it does not see that a statement was canceled.
create function pg_temp.code(p_trouble text) returns text language plpgsql as $$
begin
  return pg_temp.receive(p_trouble, 'key-' || p_trouble);
exception
  when query_canceled or others then
    return sqlstate;
end
$$;

create temporary table trouble (code text, what text);
insert into trouble values
  ('08006', 'connection failure'), ('25006', 'a read-only transaction'), ('40001', 'serialization'), ('40P01', 'deadlock'),
  ('53000', 'insufficient resources'), ('53100', 'disk full'), ('53200', 'out of memory'), ('53300', 'too many connections'),
  ('55P03', 'lock timeout'), ('57014', 'statement timeout'), ('57P01', 'admin shutdown'), ('57P02', 'crash shutdown'),
  ('57P03', 'cannot connect now'), ('58030', 'input/output error'), ('XX000', 'internal error'), ('XX001', 'corrupted data');
select is(pg_temp.code(code), code, 'Our own trouble is raised, never parked: ' || what) from trouble;
select is((select count(*) from handoff.partner_events), 0::bigint, 'and nothing of it is stored');
select is(test.picture(enrollment_id), before.picture, 'and nothing changed') from given, before;

-- The neighbours of these codes are our own fault: such an event would fail each time, so it is parked.
create temporary table fault (code text, what text);
insert into fault values
  ('22003', 'a number out of range'), ('22P02', 'text that can''t be read'), ('23505', 'a unique violation'), ('23514', 'a check'),
  ('42501', 'a missing right'), ('42P01', 'a missing table'), ('54001', 'too complex a statement'), ('55000', 'not in the state for it'),
  ('P0001', 'raised by a trigger'), ('P0004', 'a failed assertion'), ('P0002', 'no row'), ('TH409', 'a refusal of our own');
select is(pg_temp.receive(code, 'key-' || code), 'parked:apply_error', 'Our own fault is parked: ' || what) from fault;
select is(
  (select array_agg(e.error_code::text order by e.position) from handoff.partner_events as e), (select array_agg(code) from fault), 'each with its code'
);

-- A retry of the sender after the trouble.
select is(pg_temp.receive('', 'key-40001'), 'accepted:completed', 'the sender''s next try applies');
select is(pg_temp.receive('40001', 'key-40001'), 'duplicate:accepted:completed', 'once');
select is(test.status(enrollment_id), 'completed', 'completed') from given;

select * from finish();
rollback;
