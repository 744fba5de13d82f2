begin;
select plan(6);

select test.student('jane@test.example');
alter table handoff.profiles disable trigger check_person;
insert into handoff.profiles (email, full_name, role, created_at) values ('boss,lee@test.example', chr(8203), 'student', handoff.clock());
alter table handoff.profiles enable trigger check_person;
select lives_ok($$update handoff.profiles set email = email, full_name = full_name$$, 'an address that stays is not asked about');
select throws_ok($$update handoff.profiles set email = 'x,' || email where email like 'boss%'$$, 'TH400', null, 'a new one is');
select throws_ok(
  format('update handoff.profiles set full_name = %L where email like ''boss%%''', chr(160)), 'TH400', null, 'so is a new name'
);
select is(
  handoff.create_profile('Boss,Lee@test.example', 'Boss'), (select p.id from handoff.profiles as p where p.email like 'boss%'), 'it is found'
);
select is(handoff.begin_sign_in('boss,lee@test.example', sha256('token')), 'boss,lee@test.example', 'and can ask for a link');
select throws_ok(
  'insert into handoff.profiles (email, full_name, role, created_at) select ''jane'' || chr(769) || ''@test.example'', ''J'', ''student'', handoff.clock()',
  'TH400', null, 'an address in another form is refused whoever writes it'
);

select * from finish();
rollback;
