begin;
select plan(21);

create temporary table given as select test.student() as john, test.admin() as ada;
grant select on given to public;

create function pg_temp.delivering(p_role text, p_channel text) returns text language sql as $$
  select coalesce(test.answer(p_role, format(
    'select handoff.receive_partner_event(%L, %L, %L, %L)', 'hsi', 'key', '{"event": "enrollment.created", "student_id": "A-1"}', p_channel
  )), 'stored')
$$;

-- The webhook delivers webhook, the worker csv, the admin manual, evidence and csv; nobody else any.
select is(
  pg_temp.delivering(r.name, c.name),
  case
    when c.name = any (r.may) then 'stored'
    when r.may = '{}' then '42501'
    else 'TH403'
  end,
  format('%s, channel %s', r.name, c.name)
)
from (values
  ('handoff_webhook', array['webhook']),
  ('handoff_worker', array['csv']),
  ('handoff_admin', array['manual', 'evidence', 'csv']),
  ('handoff_student', '{}'::text[])
) as r (name, may)
cross join unnest(array['webhook', 'csv', 'evidence', 'manual']) as c (name);

select is(pg_temp.delivering('handoff_webhook', 'fax'), 'TH400', 'a channel that there is not is malformed');
select test.act('none', john) from given;
select is(pg_temp.delivering('handoff_admin', 'manual'), 'TH403', 'a student''s claims deliver nothing in the admin''s role');
select test.act('none', ada) from given;
select is(pg_temp.delivering('handoff_admin', 'manual'), 'stored', 'an admin''s claims do');


-- A login that a DBA made a member of the webhook's role. Whose claims it has does not matter: it acts for nobody.
create role test_sender in role handoff_webhook;
select test.act('none', john) from given;
select is(pg_temp.delivering('test_sender', 'webhook'), 'stored', 'a member of the webhook''s role delivers webhook');
select is(pg_temp.delivering('test_sender', 'manual'), 'TH403', 'and no other channel');

select * from finish();
rollback;
