begin;
select plan(7);

select test.set_clock('2026-03-02 12:00:00+00');
create temporary table given as select test.student() as john, test.enroll('cna') as enrollment_id;
create function pg_temp.hsi() returns text language sql as $$
  select concat_ws(' | ', o.refusals, o.last_refusal_code,
    'first ' || (o.first_event_at at time zone 'UTC')::time, 'test ' || (o.first_test_at at time zone 'UTC')::time,
    'advance ' || (o.first_advance_at at time zone 'UTC')::time, 'last ' || (o.last_event_at at time zone 'UTC')::time)
  from handoff.partner_onboarding() as o
  where o.partner_slug = 'hsi'
$$;
select is(
  (select string_agg(concat_ws(' ', o.partner_slug, o.partner_name, o.status, o.signature_scheme, o.refusals, o.first_event_at), ', ') from handoff.partner_onboarding() as o),
  'careersafe CareerSafe active standard 0, certiport Certiport active standard 0, hsi Health & Safety Institute active standard 0, jri Job Ready Indy active standard 0, milady Milady active standard 0',
  'every partner, by name; nothing has come yet'
);
select handoff.count_refusals('hsi', 'stale', 7);
select test.travel('1 day');
select handoff.count_refusals('hsi', 'bad_signature', 2), handoff.count_refusals('hsi', 'missing_header', 1), handoff.count_refusals('jri', 'stale', 1);
select is(pg_temp.hsi(), '10 | bad_signature', 'refused deliveries, and why the last ones were');
select test.travel('1 hour');
select test.send('hsi', 'course.completed', john, '{}', 'manual', 'manual') from given;
select is(pg_temp.hsi(), '10 | bad_signature', 'what comes by another channel is no webhook');
select handoff.reopen_step(test.step(enrollment_id, 1), 'by mistake') from given;
select test.travel('1 hour');
select test.deliver_raw('hsi', '{');
select is(pg_temp.hsi(), '10 | bad_signature | first 14:00:00 | last 14:00:00', 'the first that was authentic');
select test.travel('1 hour');
insert into handoff.partner_event_types (partner_slug, event_type, meaning) values ('hsi', 'ping', 'test');
select test.send('hsi', 'ping'), test.send('hsi', 'course.completed', null, '{"student_id": "h-1"}'), test.send('hsi', 'certificate.issued', john) from given;
select is(pg_temp.hsi(), '10 | bad_signature | first 14:00:00 | test 15:00:00 | last 15:00:00', 'the first test');
select handoff.link_partner_account('hsi', 'h-1', test.student('jane@test.example'));
select test.travel('1 hour');
select test.send('hsi', 'course.completed', john), test.travel('1 hour'), test.send('hsi', 'certificate.issued', john) from given;
select is(
  pg_temp.hsi(), '10 | bad_signature | first 14:00:00 | test 15:00:00 | advance 16:00:00 | last 17:00:00',
  'the first that moved a student on by itself'
);
select is(
  (select o.first_event_at from handoff.partner_onboarding() as o where o.partner_slug = 'certiport'), null, 'and nothing of it is another partner''s'
);

select * from finish();
rollback;
