begin;
select plan(5);

select test.set_clock('2026-03-02 09:00:00+00');
create temporary table given as
  select test.enrollment_in('completed') as enrollment_id, test.student('completed@test.example') as ann, test.student() as john;
create temporary table first_one as select c.number from handoff.certificates as c join given using (enrollment_id);
grant select on given, first_one to public;
create function pg_temp.shown() returns text language sql as $$
  select string_agg(
    concat_ws(' ', case when s.number = f.number then 'first' else 'second' end,
      'revoked ' || (s.revoked_at at time zone 'UTC')::date, 'replaced ' || (s.replaced_at at time zone 'UTC')::date), ', '
  )
  from handoff.student_certificates() as s
  cross join first_one as f
$$;
select test.as_student(ann) from given;
select is(pg_temp.shown(), 'first', 'a valid one');
select test.as_dba();
select test.travel('1 day');
create temporary table second_one as select handoff.reissue_certificate(number, 'a new name') as number from first_one;
select test.as_student(ann) from given;
select is(pg_temp.shown(), 'second, first replaced 2026-03-03', 'one that was replaced, after the one that replaced it');
select test.as_dba();
select test.travel('1 day');
select handoff.revoke_certificate(number, 'by mistake') from second_one;
select test.as_student(ann) from given;
select is(pg_temp.shown(), 'second revoked 2026-03-04, first replaced 2026-03-03', 'one that was revoked');
select test.as_student(john) from given;
select is(pg_temp.shown(), null, 'nobody sees another''s');
select test.as_dba();
select is_empty('select * from handoff.student_certificates()', 'and who makes no claim sees none');

select * from finish();
rollback;
