begin;
select plan(2);
update handoff.partners set enroll_url = 'https://partner.example/' || slug;
select test.enroll();
select test.follow_trail();
select is((select handoff.note_bounce(o.message_id, true, '5.1.1', '{john@test.example}') from handoff.outbox as o where o.partner_slug = 'hsi'), 'unknown', 'what is told to a partner does not come back');
select is((select o.bounce_status from handoff.outbox as o where o.partner_slug = 'hsi'), null, 'and stays as it is');
select * from finish();
rollback;
