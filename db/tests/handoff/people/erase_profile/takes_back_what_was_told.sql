begin;
select plan(6);
update handoff.partners set enroll_url = 'https://partner.example/' || slug;
create temporary table given as select test.student() as john, test.enroll() as johns, test.enroll('cna') as other, test.admin() as ada;
select test.follow_trail();
select is(handoff.settle_message(m.message_id, m.lease_token, 'sent', 200, null, null, '{"launch_url": "https://hsi.example/john"}'), 'sent', 'one is told')
from test.begin_one() as m;
select test.begin_one();
select handoff.erase_profile(john, 'asked for it') from given;
select is_empty('select from handoff.outbox as o where o.body is not null', 'nothing is left of what was told');
select is_empty('select from handoff.partner_answers as a where a.launch_url is not null or a.accepted_at is null', 'nor the link');
select is(test.messages() ~ 'sent' and test.messages() ~ 'cancelled' and test.messages() !~ 'pending|sending', true, 'what was under way is cancelled');
select is(handoff.mark_step_complete(test.step(johns, 1)), test.step(johns, 2), 'a step is still done') from given;
select test.follow_trail();
select is((select count(*) from handoff.claim_messages(9, 9, '1 s')), 0::bigint, 'and nobody is told of the next step');
select * from finish();
rollback;
