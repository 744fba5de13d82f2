begin;
select plan(13);

create temporary table given as
  select test.admin() as ada, test.student('ada.l@test.example') as ada_l, test.student('john@test.example') as john, test.student('100%_sure@test.example') as odd;
select handoff.create_profile('o@test.example', 'Zoë O''Hara'), handoff.create_profile('h@ada.example', 'Ann (john@test.example)');
select test.enroll('cna'), handoff.withdraw_enrollment(test.enroll('emt'), 'moved away');
grant select on given to public;
select test.as_admin(ada) from given;
select is(
  (select string_agg(s.email, ' ') from handoff.find_students(f.asked) as s), f.found, coalesce('«' || f.asked || '»', 'nothing')
)
from (values
  ('JOHN@test.example ', 'john@test.example'),
  ('o''hara', 'o@test.example'),
  ('ZOË', 'o@test.example'),
  ('ada', 'ada.l@test.example h@ada.example'),
  ('100%_sure@t', '100%_sure@test.example'),
  ('sure 100%', '100%_sure@test.example'),
  ('%', null),
  ('_', null),
  ('nobody', null),
  (' ', null),
  (null, null)
) as f (asked, found);
select is(s.programs, 'Certified Nursing Assistant (CNA)', 'with the programs that a student is in') from handoff.find_students('john student') as s;
select test.as_dba();
select test.student('many-' || g.number || '@test.example') from generate_series(1, 30) as g (number);
select is((select count(*) from handoff.find_students('many-')), 20::bigint, 'at most 20');

select * from finish();
rollback;
