begin;
select plan(21);

select is(test.refused_by(format('update handoff.partners set %s where slug = ''hsi''', c.change)), c.by, c.what)
from (values
  ('slug = ''hsi-2''', null, 'a slug of small letters, digits and dashes'),
  ('slug = ''HSI''', '23514:partners_slug_shape', 'a slug in capitals'),
  ('slug = ''-hsi''', '23514:partners_slug_shape', 'a slug that begins with a dash'),
  ('slug = repeat(''x'', 64)', '23514:partners_slug_shape', 'a slug of 64 characters'),
  ('slug = ''certiport''', '23505:partners_pkey', 'a slug that is another''s'),
  ('name = ''''', '23514:partners_name_shape', 'an empty name'),
  ('name = '' HSI''', '23514:partners_name_shape', 'a name with space around it'),
  ('name = repeat(''x'', 201)', '23514:partners_name_shape', 'a name of 201 characters'),
  ('status = ''paused''', '23514:partners_status_known', 'an unknown status'),
  ('status = null', '23502:', 'no status'),
  ('signature_scheme = ''none''', '23514:partners_signature_scheme_known', 'an unknown signature scheme'),
  ('launch_url = ''http://www.hsi.com''', '23514:partners_launch_url_https', 'a launch_url that is not https'),
  ('launch_url = ''javascript:alert(1)''', '23514:partners_launch_url_https', 'a launch_url that is a script'),
  ('launch_url = E''https://www.hsi.com/\n''', '23514:partners_launch_url_https', 'a launch_url with a line break'),
  ('launch_url = null', null, 'no launch_url'),
  ('stuck_after_days = 0', '23514:partners_stuck_after_days_positive', 'no days until it is stuck'),
  ('stuck_after_days = 60', null, 'sixty days'),
  ('enroll_url = ''https://hsi.example/enroll?of=us''', null, 'an enroll_url'),
  ('enroll_url = ''ftp://hsi.example''', '23514:partners_enroll_url_web', 'an enroll_url that is not of the web'),
  ('enroll_url = ''https://hsi.example/'' || repeat(''x'', 2000)', '23514:partners_enroll_url_web', 'an enroll_url that is too long'),
  ('enroll_url_since = now()', '23514:partners_enroll_url_has_begun', 'told since a day, and nowhere')
) as c (change, by, what);

select * from finish();
rollback;
