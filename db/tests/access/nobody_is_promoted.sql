begin;
select plan(7);

create temporary table given as
select test.student('john@test.example') as john, test.admin() as ada;
grant select on given to public;

select test.as_student(john) from given;
select throws_ok(
  $$select handoff.create_profile('john@test.example', 'John', 'admin')$$, '42501', null, 'a student can not make an admin'
);
select throws_ok($$update handoff.profiles set role = 'admin'$$, '42501', null, 'nor write the own role');

-- Even the shell's own mistake, a student in the admin's role, ends here.
select test.as_admin(john) from given;
select throws_ok(
  $$select handoff.create_profile('john@test.example', 'John', 'admin')$$, 'TH403', null,
  'a student''s claims in the admin''s role are TH403'
);

select test.as_admin(ada) from given;
select is(
  handoff.create_profile('john@test.example', 'John', 'admin'), john, 'an admin who makes a profile that is there gets it'
) from given;
select is(
  (select p.role from handoff.profiles as p where p.id = john), 'student', 'as it was: nobody is promoted'
) from given;
select throws_ok($$update handoff.profiles set role = 'admin'$$, '42501', null, 'an admin can not promote anybody either');
select throws_ok(
  $$select handoff.create_profile('new@test.example', 'New', 'super_admin')$$, 'TH400', null, 'there is no role above'
);

select * from finish();
rollback;
