begin;
select plan(5);
select test.set_clock('2026-01-05 09:00+00');
update handoff.partners set enroll_url = 'https://partner.example/' || slug;
create temporary table given as
select test.student() as john, test.admin() as ada, test.enroll('cna') as johns, test.enroll('cna', 'jane@test.example') as janes;
grant select on given to public;
select test.follow_trail();
create temporary table message as select * from test.begin_one() union all select * from test.begin_one();
create function pg_temp.shown() returns text language sql as $$
  select string_agg(concat_ws('|', r.student_name, r.student_email, r.partner_name, r.http_status, r.detail, r.attempts, r.settled_at), ', ')
  from given cross join handoff.refused_message(johns) as r
$$;
select is(pg_temp.shown(), null, 'nothing was refused');
select handoff.settle_message(m.message_id, m.lease_token, 'refused', 422, 'answered 422') from message as m;
select test.as_admin(ada) from given;
select is(
  pg_temp.shown(), 'John Student|john@test.example|Health & Safety Institute|422|answered 422|1|2026-01-05 09:00:00+00',
  'who was refused, by whom, and how'
);
select test.as_dba();
select handoff.skip_step(test.step(johns, 1), 'knows it') from given;
select is(pg_temp.shown(), null, 'a step that is over asks for nothing');
select test.travel('1 hour');
select handoff.reopen_step(test.step(johns, 1), 'does not') from given;
select is(pg_temp.shown(), null, 'nor one that has started again');
select test.as_student(john) from given;
select throws_ok('select handoff.refused_message(null)', '42501', null, 'it is for admins');

select * from finish();
rollback;
