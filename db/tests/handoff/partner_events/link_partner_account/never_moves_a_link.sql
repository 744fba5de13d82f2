begin;
select plan(19);

create temporary table given as
  select test.student() as john, test.student('jane@test.example') as jane, test.admin() as admin, test.enroll('cna') as cna;
grant select on given to public;
create function pg_temp.link(p_partner text, p_account text, p_student uuid) returns text language sql as $$
  select format('select handoff.link_partner_account(%L, %L, %L)', p_partner, p_account, p_student)
$$;
select handoff.link_partner_account('hsi', 'h-1', john) from given;

select throws_ok(pg_temp.link('hsi', 'h-1', jane), 'TH409', null, 'an account of another student') from given;
select is((select a.student_id from handoff.partner_accounts as a), john, 'is never moved') from given;
select is(
  test.send('hsi', 'course.completed', null, '{"student_id": "h-1"}'),
  'accepted:completed', 'its events stay that student''s'
);
select throws_ok(pg_temp.link('nobody', 'h-2', john), 'TH404', null, 'an unknown partner') from given;
select throws_ok(pg_temp.link(null, 'h-2', john), 'TH404', null, 'no partner') from given;
select throws_ok(pg_temp.link('hsi', 'h-2', gen_random_uuid()), 'TH404', null, 'an unknown student');
select throws_ok(pg_temp.link('hsi', 'h-2', null), 'TH404', null, 'no student');
select throws_ok(pg_temp.link('hsi', 'h-2', admin), 'TH404', null, 'an admin is no student') from given;
select throws_ok(pg_temp.link('hsi', v.account, john), 'TH400', null, 'account ' || v.what)
from given, (values ('null', null), ('empty', ''), ('with a space behind it', 'h-2 '), ('with a line break', E'h\n2'), ('of 256 characters', repeat('h', 256))) as v (what, account);
select is((select count(*) from handoff.partner_accounts), 1::bigint, 'nothing else is linked');

select function_privs_are('handoff', 'link_partner_account', array['text', 'text', 'uuid'], role, array[]::text[], role || ' can''t')
from (values ('handoff_student'), ('handoff_public'), ('handoff_webhook'), ('handoff_worker')) as v (role);
select test.act('handoff_admin', john) from given;
select throws_ok(
  format('select handoff.link_partner_account(%L, %L, %L)', 'hsi', 'h-2', john),
  'TH403', null, 'the role alone does not make an admin'
) from given;
select test.as_dba();

select * from finish();
rollback;
