begin;
select plan(7);

create temporary table given as select test.student() as john, test.admin() as ada;
select test.student('plain+1@test-1.example'), handoff.create_profile('josé@test.example', 'José Ångström'), handoff.create_profile('x@local', '王小明');
select handoff.link_partner_account('hsi', 'h-1 2', john), handoff.link_partner_account('hsi', 'zoé', john) from given;
grant select on given to public;
select is_empty('select * from handoff.stored_oddities()', 'what is taken today is no oddity');

alter table handoff.profiles disable trigger check_person;
insert into handoff.profiles (email, full_name, role, created_at)
values
  ('jose' || chr(769) || '@test.example', 'A Jose', 'student', handoff.clock()), ('a,b@test.example', 'B Several', 'student', handoff.clock()),
  ('c.@test.example', 'C Dot', 'student', handoff.clock()), (repeat('d', 64) || '@' || repeat('d', 64) || '.example', 'D Label', 'student', handoff.clock()),
  ('e@test.example', chr(8203), 'student', handoff.clock()), ('f@test.example', 'F' || chr(8238) || 'f', 'student', handoff.clock());
alter table handoff.profiles enable trigger check_person;
insert into handoff.partner_accounts (partner_slug, external_student_id, student_id, linked_at)
select 'hsi', a.id, g.john, handoff.clock() from given as g cross join (values ('zoe' || chr(769)), ('h' || chr(65039))) as a (id);
insert into handoff.partner_accounts (partner_slug, external_student_id) values ('jri', chr(65279) || 'j');

select set_eq(
  'select o.oddity, o.full_name from handoff.stored_oddities() as o where o.partner_slug is null',
  $$values ('address_taken', 'A Jose'), ('address_refused', 'B Several'), ('address_refused', 'C Dot'), ('address_refused', 'D Label'),
      ('name_refused', chr(8203)), ('name_refused', 'F' || chr(8238) || 'f')$$,
  'addresses and names'
);
select set_eq(
  'select o.partner_slug, o.external_student_id, o.full_name from handoff.stored_oddities() as o where o.oddity = ''account_unusual''',
  $$values ('hsi', 'zoe' || chr(769), 'John Student'), ('hsi', 'h' || chr(65039), 'John Student'), ('jri', chr(65279) || 'j', null)$$,
  'accounts, with whose they are'
);
select test.as_admin(ada) from given;
select isnt_empty('select * from handoff.stored_oddities()', 'an admin sees them');
select test.as_admin(john) from given;
select throws_ok('select * from handoff.stored_oddities()', 'TH403', null, 'nobody else does');
select test.as_dba();
select handoff.merge_profiles(p.id, john, 'the same person') from given, handoff.profiles as p where p.full_name = 'A Jose';
select handoff.erase_profile(p.id, 'asked for it') from handoff.profiles as p where p.full_name = 'B Several';
select is_empty(
  'select o.full_name from handoff.stored_oddities() as o where o.oddity = ''address_taken''', 'nothing can be done about who was merged'
);
select is(count(*), 7::bigint, 'nor about who was forgotten') from handoff.stored_oddities();

select * from finish();
rollback;
