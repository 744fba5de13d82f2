begin;
select plan(3);

select test.act('handoff_webhook');
create temporary table told as
  select 'refused' as what, r.receipt from handoff.receive_partner_event('hsi', 'a', '{"event":"course.completed"}') as r
  union all
  select 'no json', r.receipt from handoff.receive_partner_event('hsi', 'b', '{') as r;
select is(handoff.refused_field(receipt), 'student_id', 'the sender is told') from told where what = 'refused';
select is(handoff.refused_field(receipt), null, 'what is no JSON has no field') from told where what = 'no json';
select is(handoff.refused_field(gen_random_uuid()), null, 'of an unknown receipt nothing');

select * from finish();
rollback;
