begin;
select plan(16);
select test.set_clock('2026-01-05 09:00+00');
create temporary table given as
select test.admin() as ada, test.student('john@test.example') as john, test.enroll('medical-assistant', 'john@test.example') as id;
select handoff.set_profile_role(ada, 'admin', 'is one') from given;
update handoff.profiles set full_name = 'John Student' where email = 'john@test.example';
update handoff.partners set enroll_url = 'https://partner.example/' || slug where slug = 'certiport';
create temporary table steps as select s.sequence_order as n, s.id, p.name from handoff.enrollment_steps as s join handoff.partners as p on p.slug = s.partner_slug join given as g on g.id = s.enrollment_id;
grant select on given, steps to public;
create function pg_temp.said(p_act text, p_target text, p_details jsonb default '{}') returns text language sql as $$
  select string_agg(s, ' ') from handoff.preview_act(p_act, p_target, p_details) as s
$$;
create function pg_temp.now() returns text language sql as $$
  select md5(string_agg(r.row, '|' order by r.row))
  from (
    select to_jsonb(e)::text from handoff.enrollments as e union all select to_jsonb(s)::text from handoff.enrollment_steps as s
    union all select to_jsonb(t)::text from handoff.step_transitions as t union all select to_jsonb(o)::text from handoff.outbox as o
    union all select to_jsonb(v)::text from handoff.partner_events as v union all select to_jsonb(c)::text from handoff.certificates as c
    union all select to_jsonb(p)::text from handoff.profiles as p union all select to_jsonb(a)::text from handoff.acts as a
  ) as r (row)
$$;
create temporary table before as select pg_temp.now() as state;
select test.as_admin(ada) from given;
select is(
  pg_temp.said('complete', (select s.id::text from steps as s where s.n = 1)),
  (select a.name || ' is completed. ' || b.name || ' starts. Certiport is asked to take John Student. John Student is mailed: what is next.' from steps as a, steps as b where a.n = 1 and b.n = 2),
  'completing a step starts the next and mails the student'
);
select is(pg_temp.said('complete', (select s.id::text from steps as s where s.n = 1), '{"completed_on": "2026-01-02"}') ~ 'is completed', true, 'on the day of the paper');
select is(pg_temp.said('hold', id::text), 'Medical Assistant is on hold: nothing starts until it is resumed. John Student is mailed: on hold.', 'a hold') from given;
select is(pg_temp.said('withdraw', id::text), 'Medical Assistant ends here, without a certificate. John Student is mailed: has left the program.', 'a withdrawal') from given;
select is(pg_temp.said('fail', (select s.id::text from steps as s where s.n = 1)) ~ 'is not passed, and nothing starts after it. John Student is mailed: not passed.', true, 'a failure');
select is(pg_temp.said('approve', id::text), null, 'what is so already: nothing') from given;
select throws_ok(format('select handoff.preview_act(%L, %L)', 'fail', s.id), 'TH409', null, 'what would be refused is refused') from steps as s where s.n = 2;
select throws_ok('select handoff.preview_act(''dance'', ''x'')', 'TH400', null, 'an act that there is not');
select throws_ok(format('select handoff.preview_act(%L, %L)', 'hold', gen_random_uuid()), 'TH404', null, 'of nothing');
select test.as_admin(john) from given;
select throws_ok(format('select handoff.preview_act(%L, %L)', 'hold', id), 'TH403', null, 'by a student') from given;
select test.as_dba();
select is(pg_temp.now(), b.state, 'nothing has changed') from before as b;

-- The last step certifies.
select handoff.mark_step_complete(s.id) from steps as s where s.n < (select max(n) from steps) order by s.n;
select test.as_admin(ada) from given;
select is(
  pg_temp.said('complete', (select s.id::text from steps as s order by s.n desc limit 1)) ~
    '^Medical Assistant is completed. .* is completed. A certificate is issued. John Student is mailed: the certificate.$|is completed. Medical Assistant is completed. A certificate is issued. John Student is mailed: the certificate.$',
  true, 'the last step completes the enrollment and issues the certificate'
);
select test.as_dba();
select handoff.mark_step_complete(s.id) from steps as s order by s.n desc limit 1;
select test.as_admin(ada) from given;
select is(
  pg_temp.said('reopen', (select s.id::text from steps as s order by s.n desc limit 1)) ~
    'is open again.* starts.* The certificate [-A-Z0-9]+ is no longer valid.',
  true, 'reopening a step takes the certificate back'
);
select is(pg_temp.said('revoke', c.number), 'The certificate ' || c.number || ' is no longer valid. John Student is mailed: the certificate is revoked.', 'revoking says so') from handoff.certificates as c;
select is(pg_temp.said('reissue', c.number), 'A certificate is issued. The certificate ' || c.number || ' is no longer valid. John Student is mailed: the certificate, issued again.', 'issuing anew as well') from handoff.certificates as c;
select is(pg_temp.said('enroll', john::text, '{"program": "cpr-first-aid"}') ~ 'begins.* starts.* John Student is mailed: enrolled, and how to begin', true, 'enrolling begins, starts and tells') from given;
select * from finish();
rollback;
