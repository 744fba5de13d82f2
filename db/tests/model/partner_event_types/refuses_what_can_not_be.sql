begin;
select plan(10);

select is(
  test.refused_by(format(
    'insert into handoff.partner_event_types (partner_slug, event_type, meaning, pass_field, progress_total) values (%L, %L, %L, %L, %L)',
    c.partner, c.event, c.meaning, c.pass_field, c.total
  )), c.by, c.what
) from (values
  ('hsi', 'ping', 'test', null, null, null, 'an event type'),
  ('hsi', '', 'test', null, null, '23514:partner_event_types_event_type_shape', 'an event without a name'),
  ('hsi', repeat('x', 101), 'test', null, null, '23514:partner_event_types_event_type_shape', 'a name of 101 characters'),
  ('hsi', 'ping', 'done', null, null, '23514:partner_event_types_meaning_known', 'an unknown meaning'),
  ('hsi', 'ping', null, null, null, '23502:', 'no meaning'),
  ('hsi', 'ping', 'evidence', 'passed', null, '23514:partner_event_types_pass_field_completes', 'a pass field where nothing completes'),
  ('hsi', 'ping', 'evidence', null, 6, '23514:partner_event_types_total_of_progress', 'a number of parts where there is no progress'),
  ('hsi', 'ping', 'progress', null, 0, '23514:partner_event_types_total_of_progress', 'no parts'),
  ('hsi', 'course.completed', 'evidence', null, null, '23505:partner_event_types_pkey', 'two meanings of one event'),
  ('nobody', 'ping', 'test', null, null, '23503:partner_event_types_partner_slug_fkey', 'an event of no partner')
) as c (partner, event, meaning, pass_field, total, by, what);

select * from finish();
rollback;
