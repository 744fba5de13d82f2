begin;
select plan(24);
select test.set_clock('2026-01-05 09:00+00');
update handoff.partners set enroll_url = 'https://partner.example/' || slug;
create temporary table given as select test.student() as john, test.admin() as ada, test.enroll() as johns;
grant select on given to public;
select test.follow_trail();
create temporary table message as select * from test.begin_one();
grant select on message to public;
create function pg_temp.again(p_reason text default 'they know him now') returns text language sql as $$
  select handoff.send_again(m.message_id, p_reason) from message as m
$$;
create function pg_temp.refusal(p_reason text default 'they know him now') returns text language plpgsql as $$
begin
  perform pg_temp.again(p_reason);
  return null;
exception
  when others then
    return sqlstate;
end;
$$;
create function pg_temp.answer() returns text language sql as $$
  select concat_ws(' ', a.accepted_at is not null, a.refused_at is not null, a.launch_url) from handoff.partner_answers as a
$$;

select is(pg_temp.refusal(), 'TH409', 'what is under way is not sent again');
select is(handoff.settle_message(message_id, lease_token, 'refused', 422), 'dead', 'the partner refuses the student') from message;
select is(pg_temp.answer(), 'f t', 'which is noted');
select test.travel('20 days');
update handoff.profiles set email = 'johnny@test.example' where email = 'john@test.example';

select test.as_student(john) from given;
select is(pg_temp.refusal(), '42501', 'a student sends nothing');
select test.act('handoff_admin', john) from given;
select is(pg_temp.refusal(), 'TH403', 'nor does who is no admin');
select test.as_admin(ada) from given;
select is(pg_temp.refusal(' '), 'TH400', 'an act has a reason');
select throws_ok($$select handoff.send_again(gen_random_uuid(), 'why')$$, 'TH404', null, 'of a message that there is');
select is((select r.http_status from given cross join handoff.refused_message(johns) as r), 422, 'the page shows what was refused');
select is(pg_temp.again(), 'pending', 'it is sent again');
select is_empty('select r.* from given cross join handoff.refused_message(johns) as r', 'and is refused no more');
select is(pg_temp.refusal(), 'TH409', 'once');
select test.as_dba();
select is(pg_temp.answer(), null, 'nothing is left of the refusal');
select is(
  (select concat_ws(' ', t.act, t.reason, t.actor_id = ada, t.enrollment_id = johns, t.partner_slug) from handoff.acts as t),
  'sent_again they know him now t t hsi', 'the trail says who, and why'
) from given;
select is((select o.expires_at from handoff.outbox as o where o.partner_slug is not null), '2026-02-08 09:00+00', 'there is time for it again');

create temporary table second as select * from test.begin_one();
select is((select s.key from second as s), (select m.key from message as m), 'it goes under its old key');
select is((select s.body::jsonb ->> 'student_email' from second as s), 'johnny@test.example', 'with the address of today');
select is((select o.attempts from handoff.outbox as o where o.partner_slug is not null), 1, 'as if it were the first try');
select is(handoff.settle_message(message_id, lease_token, 'refused', 422), 'dead', 'refused once more') from second;

insert into handoff.partner_answers (step_id, launch_url)
select s.step_id, 'https://hsi.example/1' from handoff.partner_answers as s
on conflict (step_id) do update set launch_url = excluded.launch_url;
select handoff.hold_enrollment(johns, 'on leave') from given;
select is(pg_temp.again(), 'pending', 'on hold it may be made ready');
select is(pg_temp.answer(), 'f f https://hsi.example/1', 'what else was answered stays');
select is_empty('select from handoff.claim_messages(9, 9, ''1 s'')', 'but waits');
select handoff.resume_enrollment(johns, 'back') from given;
truncate second;
insert into second select * from test.begin_one();
select is(handoff.settle_message(message_id, lease_token, 'refused', 422), 'dead', 'refused a third time') from second;
select handoff.withdraw_enrollment(johns, 'moved') from given;
select is(pg_temp.refusal(), 'TH409', 'who has left is not told of');
select is(pg_temp.answer(), 'f t https://hsi.example/1', 'and the refusal stands');

select * from finish();
rollback;
