begin;
select plan(52);
update handoff.partners set enroll_url = 'https://partner.example/' || slug;
create temporary table given as select test.enroll() as johns, test.enroll('cna', 'jane@test.example') as janes;
select test.follow_trail();
select is(test.refused_by(format('update handoff.outbox set %s where step_id = %L', c.change, test.step(johns, 1))), c.by, c.what)
from given cross join (values
  ('key = ''mine''', '23514:outbox_key_says_what', 'a key that says another thing'),
  ('start_number = 0, key = concat_ws('':'', kind, step_id, 0)', '23514:outbox_start_number_positive', 'a start before the first'),
  ('partner_slug = ''unknown''', '23503:outbox_partner_slug_fkey', 'an unknown partner'),
  ('step_id = gen_random_uuid()', '23514:outbox_key_says_what', 'a step that its key does not name'),
  ('attempts = -1', '23514:outbox_attempts_positive', 'fewer than no attempts'),
  ('settled_late = -1', '23514:outbox_attempts_positive', 'fewer than never late'),
  ('lease_token = gen_random_uuid()', '23514:outbox_lease_whole', 'a lease without an end'),
  ('lease_until = now()', '23514:outbox_lease_whole', 'an end without a lease'),
  ('http_status = 42', '23514:outbox_http_status_known', 'no status of HTTP'),
  ('status = ''lost''', '23514:outbox_status_holds', 'an unknown status'),
  ('due_at = null', '23514:outbox_status_holds', 'pending, and never due'),
  ('settled_at = now()', '23514:outbox_status_holds', 'pending, and settled'),
  ('attempts = 1', '23514:outbox_status_holds', 'pending after a try'),
  ('status = ''failed''', '23514:outbox_status_holds', 'failed without a try'),
  ('status = ''failed'', attempts = 1', null, 'failed'),
  ('status = ''sending'', attempts = 1, body = ''{}''', '23514:outbox_status_holds', 'sending without a lease'),
  ('status = ''sending'', attempts = 1, lease_token = gen_random_uuid(), lease_until = now()', '23514:outbox_status_holds', 'sending nothing'),
  ('status = ''sending'', body = ''{}'', lease_token = gen_random_uuid(), lease_until = now()', '23514:outbox_status_holds', 'sending without a try'),
  ('status = ''sending'', attempts = 1, body = ''{}'', lease_token = gen_random_uuid(), lease_until = now()', null, 'sending'),
  ('status = ''sent'', attempts = 1, due_at = null, settled_at = now()', null, 'sent'),
  ('status = ''sent'', attempts = 1, settled_at = now()', '23514:outbox_status_holds', 'sent, and due'),
  ('status = ''sent'', due_at = null, settled_at = now()', '23514:outbox_status_holds', 'sent without a try'),
  ('status = ''sent'', attempts = 1, due_at = null', '23514:outbox_status_holds', 'sent at no time'),
  ('status = ''dead'', attempts = 1, due_at = null, settled_at = now()', '23514:outbox_status_holds', 'dead without a reason'),
  ('status = ''dead'', attempts = 1, due_at = null, settled_at = now(), detail = ''no''', null, 'dead'),
  ('status = ''cancelled'', due_at = null, settled_at = now()', '23514:outbox_status_holds', 'cancelled without a reason'),
  ('status = ''cancelled'', due_at = null, settled_at = now(), detail = ''no''', null, 'cancelled'),
  ('status = ''unknown'', attempts = 1, due_at = null, settled_at = now(), detail = ''lost''', '23514:outbox_status_holds', 'unknown, and no mail'),
  ('partner_slug = null', '23514:outbox_is_for_one', 'a partner to be told, and none named'),
  ('step_id = null, start_number = null, key = kind', '23514:outbox_is_for_one', 'a start of no step'),
  ('profile_id = test.student()', '23514:outbox_is_for_one', 'a partner told by mail'),
  ('mailed_to = ''john@test.example''', '23514:outbox_mailed_to_is_of_a_mail', 'a partner with an address'),
  ('bounce_status = ''5.1.1''', '23514:outbox_bounce_is_of_a_mail', 'what comes back and was no mail')
) as c (change, by, what);
create function pg_temp.again(p_change text) returns text language sql as $$
  select test.refused_by(format(
    'insert into handoff.outbox (message_id, key, kind, partner_slug, enrollment_id, step_id, start_number, made_at, expires_at, due_at)
     select %s, made_at, expires_at, due_at from handoff.outbox where step_id = %L', p_change, test.step(johns, 1)
  )) from given
$$;
select is(
  pg_temp.again('gen_random_uuid(), key, kind, partner_slug, enrollment_id, step_id, start_number'), '23505:outbox_key_key', 'the same start twice'
);
select is(
  pg_temp.again('message_id, concat_ws('':'', kind, step_id, 2), kind, partner_slug, enrollment_id, step_id, 2'), '23505:outbox_pkey', 'an id that is another''s'
);
select is(
  pg_temp.again(format('gen_random_uuid(), concat_ws('':'', kind, step_id, 2), kind, partner_slug, %L, step_id, 2', (select janes from given))),
  '23503:outbox_step_id_enrollment_id_fkey', 'a step of another enrollment'
);
create function pg_temp.mail(p_columns text, p_values text) returns text language sql as $$
  select test.refused_by(format(
    'insert into handoff.outbox (made_at, expires_at, due_at, kind, key, profile_id, enrollment_id, step_id, start_number%s)
     values (now(), now(), now(), %s)', p_columns,
    replace(replace(replace(p_values, ':john', quote_literal(test.student())), ':enrollment', quote_literal(johns)), ':step', quote_literal(test.step(johns, 1)))
  ))
  from given
$$;
select is(pg_temp.mail(c.columns, c.row), c.by, c.what)
from (values
  ('', '''withdrawn'', ''withdrawn:1'', :john, :enrollment, null, null', null, 'a mail of an enrollment'),
  ('', '''reminder'', concat_ws('':'', ''reminder'', :step, 1), :john, :enrollment, :step, 1', null, 'a mail of a step'),
  ('', '''reminder'', ''reminder:1'', :john, :enrollment, :step, 1', '23514:outbox_key_says_what', 'of a step that its key does not name'),
  ('', '''digest'', ''alert:1'', :john, null, null, null', '23514:outbox_key_says_what', 'a key of another kind'),
  ('', '''digest'', ''digest:1'', null, null, null, null', '23514:outbox_is_for_one', 'a mail to nobody'),
  ('', '''digest'', ''digest:2'', gen_random_uuid(), null, null, null', '23503:outbox_profile_id_fkey', 'to a person who is not there'),
  (', partner_slug', '''digest'', ''digest:3'', :john, null, null, null, ''hsi''', '23514:outbox_is_for_one', 'a mail to a partner'),
  ('', '''alert_webhook'', ''alert_webhook:1'', null, null, null, null', null, 'who watches over it'),
  ('', '''withdrawn'', ''withdrawn:2'', :john, gen_random_uuid(), null, null', '23503:outbox_enrollment_id_fkey', 'an enrollment that is not there'),
  ('', '''reminder'', concat_ws('':'', ''reminder'', :step, 1), :john, null, :step, 1', '23514:outbox_step_has_enrollment', 'a step without its enrollment'),
  ('', '''sms'', ''sms:1'', :john, null, null, null', '23514:outbox_kind_known', 'an unknown kind'),
  ('', '''withdrawn'', ''withdrawn:1'', :john, :enrollment, null, 1', '23514:outbox_start_is_of_a_step', 'a start without a step'),
  (', status, attempts, settled_at, detail', '''digest'', ''digest:4'', :john, null, null, null, ''unknown'', 1, now(), ''lost''', '23514:outbox_status_holds', 'unknown, and due'),
  (', bounced_at', '''digest'', ''digest:5'', :john, null, null, null, now()', '23514:outbox_bounce_has_status', 'back without a status'),
  (', bounce_status', '''digest'', ''digest:6'', :john, null, null, null, ''2.0.0''', '23514:outbox_bounce_status_shape', 'back, and delivered'),
  (', bounced_at, bounce_status', '''digest'', ''digest:7'', :john, null, null, null, now(), ''5.1.1''', null, 'back')
) as c (columns, row, by, what);
select * from finish();
rollback;
