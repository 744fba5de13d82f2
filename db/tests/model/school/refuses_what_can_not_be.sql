begin;
select plan(35);

select results_eq(
  'select s.name, s.address, s.time_zone, s.logo, s.signatory, s.paper from handoff.school as s',
  'select null::text, null::text, ''UTC'', null::bytea, null::text, ''a4''',
  'one row, that names nothing yet'
);
select is(test.refused_by('update handoff.school set ' || c.change), c.by, left(c.change, 60))
from (values
  ('name = ''Our School''', null),
  ('name = ''''', '23514:school_name_shape'),
  ('name = '' x''', '23514:school_name_shape'),
  ('name = repeat(''x'', 201)', '23514:school_name_shape'),
  ('address = ''1 Main Street''', null),
  ('address = ''''', '23514:school_address_shape'),
  ('time_zone = ''America/New_York''', null),
  ('time_zone = ''America/Indiana/Indianapolis''', null),
  ('time_zone = ''EST5EDT''', '23514:school_time_zone_known'),
  ('time_zone = ''+03''', '23514:school_time_zone_known'),
  ('time_zone = ''Foo5Bar''', '23514:school_time_zone_known'),
  ('logo = ''\x89504e470d0a1a0a00''', null),
  ('logo = ''\xffd8ff00''', null),
  ('logo = ''<svg/>''', '23514:school_logo_shape'),
  ('logo = ''\xffd8ff''::bytea || convert_to(repeat(''x'', 262144), ''UTF8'')', '23514:school_logo_shape'),
  ('signatory = E''Ann Lee\nDirector''', null),
  ('signatory = ''''', '23514:school_signatory_shape'),
  ('paper = ''us-letter''', null),
  ('paper = ''a3''', '23514:school_paper_known'),
  ('parked_bodies_days = 30, conflicts_days = 30, ended_sessions_days = 1', null),
  ('parked_bodies_days = 29', '23514:school_parked_bodies_days_range'),
  ('parked_bodies_days = 36501', '23514:school_parked_bodies_days_range'),
  ('done_bodies_days = 29', '23514:school_done_bodies_days_range'),
  ('done_bodies_days = 36501', '23514:school_done_bodies_days_range'),
  ('approval_within_days = 0', '23514:school_approval_within_days_range'),
  ('approval_within_days = 366', '23514:school_approval_within_days_range'),
  ('digest_at = ''18:30''', null),
  ('conflicts_days = 29', '23514:school_conflicts_days_range'),
  ('conflicts_days = 36501', '23514:school_conflicts_days_range'),
  ('ended_sessions_days = 0', '23514:school_ended_sessions_days_range'),
  ('ended_sessions_days = 36501', '23514:school_ended_sessions_days_range')
) as c (change, by);
select throws_ok('update handoff.school set time_zone = ''Europe/Atlantis''', '22023', null, 'a zone that nobody knows');
select is(test.refused_by('insert into handoff.school default values'), '23505:school_pkey', 'a second school');
select is(test.refused_by('insert into handoff.school (is_the_school) values (false)'), '23514:school_one_row', 'by no trick');

select * from finish();
rollback;
