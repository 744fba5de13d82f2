begin;
select plan(7);

select test.set_clock('2026-03-02 09:00:00+00');
create temporary table given as select handoff.create_profile('  John@Test.Example ', '  John Student ') as id;

select results_eq(
  'select p.email, p.full_name, p.role, p.created_at from handoff.profiles as p where p.id = (select id from given)',
  $$values ('john@test.example', 'John Student', 'student', '2026-03-02 09:00:00+00'::timestamptz)$$,
  'a student unless said otherwise; the address in lower case, without space around'
);
select is(handoff.create_profile('john@test.example', 'John Student'), id, 'idempotent by e-mail') from given;
select is(handoff.create_profile('JOHN@TEST.EXAMPLE', 'John Student'), id, 'whatever its case') from given;
select is(handoff.create_profile('john@test.example', 'Somebody Else', 'admin'), id, 'whatever else is given') from given;
select results_eq(
  'select p.full_name, p.role from handoff.profiles as p where p.id = (select id from given)',
  $$values ('John Student', 'student')$$,
  'a second call never changes the person, so nobody is promoted by it'
);
select is((select count(*) from handoff.profiles as p where p.email = 'john@test.example'), 1::bigint, 'there is one John');
select handoff.create_profile('ada@test.example', 'Ada Admin', 'admin');
select is((select p.role from handoff.profiles as p where p.email = 'ada@test.example'), 'admin', 'an admin when said so');

select * from finish();
rollback;
