begin;
select plan(36);

create temporary table given as
  select test.enroll('cna') as enrollment_id, test.enroll('cna', 'jane@test.example') as other, test.student() as john;
select test.send('hsi', 'course.completed', john, p_key => 'done') from given;
select test.send('hsi', 'certificate.issued', john, p_key => 'evidence') from given;

select is(test.refused_by(format('update handoff.partner_events set %s where event_key = ''evidence''', c.change)), c.by, c.what)
from given
cross join lateral (values
  ('seen = 2', null, 'an event'),
  ('event_key = ''done''', '23505:partner_events_key_unique', 'a key that another event has'),
  ('event_key = ''done'', repetition = 1', null, 'but as a repetition of it'),
  ('event_key = ''done'', partner_slug = ''certiport''', null, 'or of another partner'),
  ('event_key = ''''', '23514:partner_events_key_shape', 'an empty key'),
  ('event_key = repeat(''x'', 256)', '23514:partner_events_key_shape', 'a key of 256 characters'),
  ('event_key = ''schlüssel''', '23514:partner_events_key_shape', 'a key that is not ASCII'),
  ('event_key = E''a\nb''', '23514:partner_events_key_shape', 'a key with a line break'),
  ('repetition = -1', '23514:partner_events_repetition_positive', 'fewer than no repetitions'),
  ('channel = ''fax''', '23514:partner_events_channel_known', 'an unknown channel'),
  ('context = ''[]''', '23514:partner_events_context_object', 'a context that is no object'),
  ('body = decode(repeat(''00'', 65537), ''hex'')', '23514:partner_events_body_size', 'a body of more than 64 KiB'),
  ('body = null', null, 'no body, after the retention period'),
  ('body_sha256 = ''\x00''', '23514:partner_events_hash_size', 'a hash that is no SHA-256'),
  ('seen = 0', '23514:partner_events_seen_positive', 'never seen'),
  ('last_seen_at = received_at - interval ''1 second''', '23514:partner_events_seen_positive', 'last seen before it came'),
  ('status = ''accepted'', reason = ''no_enrollment''', '23514:partner_events_outcome_known', 'a reason of another status'),
  ('reason = ''done''', '23514:partner_events_outcome_known', 'an unknown reason'),
  ('reason = null', '23514:partner_events_outcome_known', 'no reason'),
  ('status = ''lost''', '23514:partner_events_outcome_known', 'an unknown status'),
  ('status = ''received'', reason = null', '23514:partner_events_first_outcome_kept', 'undecided after a first outcome'),
  ('first_outcome = null', '23514:partner_events_first_outcome_kept', 'decided without a first outcome'),
  ('status = ''parked'', reason = ''apply_error''', '23514:partner_events_error_code_of_fault', 'our fault without its code'),
  ('status = ''parked'', reason = ''apply_error'', error_code = ''22012''', null, 'our fault with its code'),
  ('error_code = ''22012''', '23514:partner_events_error_code_of_fault', 'a code without our fault'),
  ('enrollment_id = null', '23514:partner_events_step_of_enrollment', 'a step of no enrollment'),
  ('reason = ''completed'', step_id = null', '23514:partner_events_completion_names_step', 'a completion of no step'),
  ('reason = ''completed_early'', step_id = null', '23514:partner_events_completion_names_step', 'an early completion of no step'),
  ('set_aside_at = handoff.clock()', '23514:partner_events_set_aside_is_open', 'set aside, though applied'),
  ('partner_slug = ''unknown''', '23503:partner_events_partner_slug_fkey', 'an unknown partner'),
  ('student_id = gen_random_uuid()', '23503:partner_events_student_id_fkey', 'an unknown student'),
  ('enrollment_id = gen_random_uuid(), step_id = null', '23503:partner_events_enrollment_id_fkey', 'an unknown enrollment'),
  (format('enrollment_id = %L', other), '23503:partner_events_step_id_enrollment_id_fkey', 'a step of another enrollment'),
  ('receipt = (select receipt from handoff.partner_events where event_key = ''done'')', '23505:partner_events_pkey', 'a receipt that another event has')
) as c (change, by, what);
select is(test.refused_by(
  'insert into handoff.partner_events (partner_slug, event_key, channel, context, body, body_sha256, received_at, last_seen_at)
   select ''hsi'', ''new'', ''webhook'', ''{}'', ''\x7b7d'', sha256(''\x7b7d''), c.now, c.now from (select handoff.clock() as now) as c'
), null, 'an event as it comes');
select is(
  (select e.context from handoff.partner_events as e where e.event_key = 'done'), '{}', 'its context is an object'
);

select * from finish();
rollback;
