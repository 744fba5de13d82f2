begin;
select plan(15);

create temporary table given as
select
  test.student('john@test.example') as john, test.student('jane@test.example') as jane,
  test.enroll('cpr-first-aid', 'john@test.example') as johns, test.enroll('cpr-first-aid', 'jane@test.example') as janes;
create temporary table steps as select test.step(johns, 1) as johns, test.step(janes, 1) as janes from given;
grant select on given, steps to public;
create function pg_temp.offered(p_template text) returns text language sql as $$
  update handoff.partners set launch_url_template = p_template where slug = 'hsi';
  select handoff.launch_url_of(s.johns) from steps as s
$$;

select is(pg_temp.offered(null), 'https://www.hsi.com/login', 'without a template: where all students sign in');
select is(pg_temp.offered('https://hsi.example/start?from=us'), 'https://hsi.example/start?from=us', 'a template may be a plain address');
select is(
  pg_temp.offered('https://hsi.example/start?e={email}&n={name}'), 'https://hsi.example/start?e=john%40test.example&n=John%20Student',
  'address and name, encoded'
);
select is(pg_temp.offered('https://hsi.example/{reference}/'), format('https://hsi.example/%s/', johns), 'the reference is the step''s id') from steps;
select is(pg_temp.offered('https://hsi.example/{account}'), 'https://www.hsi.com/login', 'no account is known: where all students sign in');
select is(pg_temp.offered('https://hsi.example/{course}?e={email}'), 'https://www.hsi.com/login', 'nor a course');

select handoff.link_partner_account('hsi', 'H/1?x=&y', john), handoff.link_partner_account('certiport', 'C-1', john) from given;
select is(pg_temp.offered('https://hsi.example/{account}'), 'https://hsi.example/H%2F1%3Fx%3D%26y', 'an account adds no part to the address');
select test.set_clock(handoff.clock() + interval '1 hour');
select handoff.link_partner_account('hsi', 'H-2', john) from given;
select is(pg_temp.offered('https://hsi.example/{account}'), 'https://hsi.example/H-2', 'of several the one that was linked last');
update handoff.profiles set full_name = 'Zoë {email} 王 %0d%0a' where email = 'john@test.example';
select is(
  pg_temp.offered('https://hsi.example/{name}{name}/'),
  format('https://hsi.example/%1$s%1$s/', 'Zo%C3%AB%20%7Bemail%7D%20%E7%8E%8B%20%250d%250a'),
  'what is filled in is filled in once, whatever it looks like'
);
update handoff.enrollment_steps set course_ref = 'cpr-101' where id = (select s.johns from steps as s);
select is(pg_temp.offered('https://hsi.example/{course}'), 'https://hsi.example/cpr-101', 'the course of the step');

select test.as_student(john) from given;
select is(handoff.launch_url_of(johns), 'https://hsi.example/cpr-101', 'the student gets it') from steps;
select is(handoff.launch_url_of(janes), null, 'and nobody else''s') from steps;
select is(c.launch_url, 'https://hsi.example/cpr-101', 'get_current_step says it, too') from given cross join handoff.get_current_step(johns) as c;
select test.as_dba();
insert into handoff.partner_answers (step_id, launch_url) select s.johns, 'https://hsi.example/own' from steps as s;
select is(handoff.launch_url_of(johns), 'https://hsi.example/own', 'the partner''s own link comes first') from steps;
update handoff.partners set launch_url = null, launch_url_template = null where slug = 'hsi';
select is(handoff.launch_url_of(janes), null, 'a partner that names no place') from steps;

select * from finish();
rollback;
