begin;
select plan(17);

create temporary table given as
select
  test.student('john@test.example') as john,
  test.student('jane@test.example') as jane,
  test.admin() as ada,
  test.enroll('medical-assistant', 'john@test.example') as johns,
  test.enroll('medical-assistant', 'jane@test.example') as janes,
  test.enroll('cna', 'jane@test.example') as janes_other;
select handoff.mark_step_complete(test.step(e.id, n))
from given
cross join lateral (values (johns), (janes)) as e (id)
cross join generate_series(1, 3) as n;
select test.send('hsi', 'certificate.issued', s.id) from given cross join lateral (values (john), (jane)) as s (id);
select handoff.link_partner_account('hsi', 'H-' || s.id, s.id) from given cross join lateral (values (john), (jane)) as s (id);
insert into handoff.partner_answers (step_id, accepted_at)
select test.step(e.id, 1), now() from given cross join lateral (values (johns), (janes)) as e (id);
grant select on given to public;

-- Each row that a table holds about a student, with the student.
create temporary view seen with (security_invoker = true) as
select 'profiles' as of_table, p.id as student_id from handoff.profiles as p
union all
select 'enrollments', e.student_id from handoff.enrollments as e
union all
select 'enrollment_steps', e.student_id
from handoff.enrollment_steps as s
left join handoff.enrollments as e on e.id = s.enrollment_id
union all
select 'partner_answers', e.student_id
from handoff.partner_answers as a
left join handoff.enrollment_steps as s on s.id = a.step_id
left join handoff.enrollments as e on e.id = s.enrollment_id
union all
select 'partner_accounts', a.student_id from handoff.partner_accounts as a
union all
select 'certificates', c.student_id from handoff.certificates as c;
grant select on seen to public;

select test.as_student(john) from given;
select results_eq(
  'select of_table, count(*) from seen group by of_table order by of_table collate "C"',
  $$values ('certificates', 1::bigint), ('enrollment_steps', 3), ('enrollments', 1), ('partner_accounts', 1), ('partner_answers', 1), ('profiles', 1)$$,
  'John sees his profile, enrollment, steps and certificate'
);
select is_empty('select * from seen, given where student_id is distinct from john', 'and no row of anybody else');
select isnt_empty(
  'select slug, name, launch_url, launch_url_template, instructions, registration_hint, support_email from handoff.partners', 'every partner, without its settings'
);
select throws_ok(
  'select status, signature_scheme from handoff.partners', '42501', null,
  'the settings of partners are not for students'
);
select isnt_empty('select slug, name, description from handoff.programs', 'every program');
select throws_ok('select requires_approval from handoff.programs', '42501', null, 'but not its settings');
select isnt_empty(
  'select partner_slug, event_type, progress_total from handoff.partner_event_types', 'how many parts there are'
);
select throws_ok('select pass_field from handoff.partner_event_types', '42501', null, 'but not what events mean');

select test.as_student(jane) from given;
select results_eq(
  'select of_table, count(*) from seen group by of_table order by of_table collate "C"',
  $$values ('certificates', 1::bigint), ('enrollment_steps', 5), ('enrollments', 2), ('partner_accounts', 1), ('partner_answers', 1), ('profiles', 1)$$,
  'Jane sees hers'
);
select is_empty('select * from seen, given where student_id is distinct from jane', 'and no row of anybody else');

select test.as_admin(ada) from given;
select is(
  (select count(distinct student_id) from seen, given where student_id in (john, jane)), 2::bigint,
  'an admin sees both'
);

select test.as_dba();
create temporary table reading as
select c.oid::regclass as table_name, r.name as role_name,
  test.answer(r.name, format('select from %s', c.oid::regclass)) as answer
from pg_class as c
join handoff_ops.roles as r on r.name <> 'handoff_owner' and not r.is_login
where c.relnamespace::regnamespace::text like 'handoff%' and c.relkind in ('r', 'p', 'v', 'm');
select cmp_ok(count(*), '>=', 100::bigint, 'each role tries each table') from reading;
select results_eq(
  $$select table_name::text from reading where role_name = 'handoff_student' and answer is null order by 1$$,
  array[
    'handoff.certificates', 'handoff.enrollment_steps', 'handoff.enrollments', 'handoff.partner_accounts', 'handoff.partner_answers',
    'handoff.partner_event_types', 'handoff.partners', 'handoff.profiles', 'handoff.programs'
  ],
  'these are all that a student can read'
);
select is_empty(
  $$select * from reading where role_name in ('handoff_public', 'handoff_metrics', 'handoff_webhook', 'handoff_worker') and answer is null$$,
  'the public, the monitor, the webhook and the worker can read no table'
);
select results_eq(
  $$select table_name::text from reading where role_name = 'handoff_admin' and answer is not null order by 1$$,
  array[
    'handoff.erasure_key', 'handoff.mailing', 'handoff.sessions', 'handoff.sign_in_links', 'handoff_ops._yoyo_log', 'handoff_ops._yoyo_migration',
    'handoff_ops._yoyo_version', 'handoff_ops.deployed_facts', 'handoff_ops.deployed_files', 'handoff_ops.deployers',
    'handoff_ops.locks', 'handoff_ops.roles', 'handoff_ops.yoyo_lock'
  ],
  'an admin can read all but sign-in, the key and the deployer''s books'
);
select is_empty($$select * from reading where answer <> '42501'$$, 'whoever can not, is told 42501');
select is_empty(
  $$select t.name from (values ('sessions'), ('sign_in_links')) as t (name)
    where has_table_privilege('handoff_pages_login', 'handoff.' || t.name, 'select')$$,
  'sessions and links are for functions only'
);

select * from finish();
rollback;
