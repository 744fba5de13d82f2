begin;
select plan(40);

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
  ('enroll_url_since = now()', '23514:partners_enroll_url_has_begun', 'told since a day, and nowhere'),
  ('launch_url_template = ''https://hsi.example/s/{account}/{course}?m={email}&n={name}#{reference}''', null, 'a template with each detail'),
  ('launch_url_template = ''https://hsi.example:8443?m={email}''', null, 'a template with a port, and no path'),
  ('launch_url_template = ''http://hsi.example/{email}''', '23514:partners_launch_url_template_shape', 'a template that is not https'),
  ('launch_url_template = ''javascript:alert({name})''', '23514:partners_launch_url_template_shape', 'a template that is a script'),
  ('launch_url_template = ''https://{account}.hsi.example/''', '23514:partners_launch_url_template_shape', 'a template whose host is filled in'),
  ('launch_url_template = ''https://hsi.example{account}/''', '23514:partners_launch_url_template_shape', 'the end of a host, too'),
  ('launch_url_template = ''https://hsi.example@{account}/''', '23514:partners_launch_url_template_shape', 'and a user''s'),
  ('launch_url_template = ''https://me:secret@hsi.example/''', '23514:partners_launch_url_template_shape', 'a template with a password'),
  ('launch_url_template = E''https://hsi.example/\\@other.example/''', '23514:partners_launch_url_template_shape', 'a template with a backslash'),
  ('launch_url_template = E''https://hsi.example/\n''', '23514:partners_launch_url_template_shape', 'a template with a line break'),
  ('launch_url_template = ''https://hsi.example/{password}''', '23514:partners_launch_url_template_shape', 'a detail that there is not'),
  ('launch_url_template = ''https://hsi.example/{email''', '23514:partners_launch_url_template_shape', 'a brace that stays open'),
  ('launch_url_template = ''https://hsi.example/email}''', '23514:partners_launch_url_template_shape', 'and one that was not opened'),
  ('launch_url_template = ''https://hsi.example/'' || repeat(''x'', 2000)', '23514:partners_launch_url_template_shape', 'a template that is too long'),
  ('instructions = E''Open the link.\nSign in.'', registration_hint = ''''', null, 'instructions in two paragraphs, and no hint'),
  ('instructions = E''Open\rthe link.''', '23514:partners_instructions_shape', 'instructions with a sign of control'),
  ('instructions = repeat(''x'', 2001)', '23514:partners_instructions_shape', 'instructions that are too long'),
  ('registration_hint = E''Open\tthe link.''', '23514:partners_registration_hint_shape', 'a hint with a sign of control'),
  ('registration_hint = repeat(''x'', 2001)', '23514:partners_registration_hint_shape', 'a hint that is too long')
) as c (change, by, what);

select * from finish();
rollback;
