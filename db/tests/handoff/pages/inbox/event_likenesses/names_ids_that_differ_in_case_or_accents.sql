begin;
select plan(5);

create temporary table given as
  select test.student() as john, test.student('jane@test.example') as jane, test.admin() as ada;
grant select on given to public;
select
  handoff.link_partner_account('hsi', 'José-1', john), handoff.link_partner_account('hsi', 'jose-2', jane),
  handoff.link_partner_account('certiport', 'jose-1', jane)
from given;
select test.send('hsi', 'course.completed', null, '{"student_id": "JOSE-1"}', 'alike');
select test.send('hsi', 'course.completed', null, '{"student_id": "josé-1"}', 'other');
select test.send('hsi', 'course.completed', null, '{"student_id": "jo"}', 'shorter');
create function pg_temp.receipt_of(p_key text) returns uuid language sql security definer as $$
  select e.receipt from handoff.partner_events as e where e.event_key = p_key
$$;
select test.as_admin(ada) from given;

select results_eq(
  $$select n.external_student_id, n.student_id, n.email from handoff.event_likenesses(pg_temp.receipt_of('alike')) as n$$,
  $$select 'José-1', g.john, p.email from given as g join handoff.profiles as p on p.id = g.john$$,
  'the linked id of the same partner, and whose it is; ids that wait as well are nobody''s'
);
select is((select n.student_id from handoff.event_likenesses(pg_temp.receipt_of('other')) as n), (select john from given), 'case alone');
select is_empty($$select from handoff.event_likenesses(pg_temp.receipt_of('shorter'))$$, 'a part of an id is no likeness');
select is_empty('select from handoff.event_likenesses(gen_random_uuid())', 'an unknown receipt');
select handoff.link_partner_account('hsi', 'JOSE-1', jane) from given;
select is_empty($$select from handoff.event_likenesses(pg_temp.receipt_of('alike'))$$, 'none where the student is known');

select * from finish();
rollback;
