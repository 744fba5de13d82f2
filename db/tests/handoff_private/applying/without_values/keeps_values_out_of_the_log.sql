begin;
select plan(4);

select is(handoff_private.without_values(m.given), m.logged, m.logged)
from (values
  ('invalid input syntax for type uuid: "john"', 'invalid input syntax for type uuid: (a value)'),
  ('value "John Student" is out of range for type integer', 'value "(a value)" is out of range for type integer'),
  (
    'new row for relation "partner_events" violates check constraint "partner_events_body_size"',
    'new row for relation "partner_events" violates check constraint "partner_events_body_size"'
  ),
  ('division by zero', 'division by zero')
) as m (given, logged);

select * from finish();
rollback;
