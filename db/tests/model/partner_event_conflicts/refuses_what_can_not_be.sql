begin;
select plan(4);

create temporary table given as select test.enroll('cna') as enrollment_id, test.student() as john;
select test.send('hsi', 'course.completed', john, p_key => 'k'), test.send('hsi', 'certificate.issued', john, p_key => 'k') from given;
select is(test.refused_by('update handoff.partner_event_conflicts set ' || c.change), c.by, c.what)
from (values
  ('seen = 2', null, 'a conflict'),
  ('body_sha256 = ''\x00''', '23514:partner_event_conflicts_hash_size', 'a hash that is no SHA-256'),
  ('receipt = gen_random_uuid()', '23503:partner_event_conflicts_receipt_fkey', 'a conflict with no event')
) as c (change, by, what);
select is(
  test.refused_by('insert into handoff.partner_event_conflicts select * from handoff.partner_event_conflicts'), '23505:partner_event_conflicts_pkey',
  'the same conflict twice'
);

select * from finish();
rollback;
