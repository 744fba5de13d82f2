begin;
select plan(13);
select test.set_clock('2026-01-05 09:00+00');

create temporary table given as select test.student() as john, test.enroll() as johns, test.admin() as ada;
select is(test.follow_trail() > 0, true, 'the trail has something');
select is(test.messages(), null, 'a partner without enroll_url is told nothing');
select test.travel('1 hour');
update handoff.partners set enroll_url = 'https://partner.example/' || slug where slug in ('hsi', 'certiport');
select test.follow_trail();
select is(test.messages(), null, 'nor of a step that started before it was set');

select is(test.send('hsi', 'course.completed', john), 'accepted:completed', 'the first is done') from given;
select test.follow_trail();
select is(test.messages(), 'certiport 1 pending', 'the next one is told');
select is(test.follow_trail(), 0, 'there is no more');
update handoff.trail_readers set position = 0;
select test.follow_trail();
select is(test.messages(), 'certiport 1 pending', 'what is read twice is made once');

select test.travel('1 hour');
select handoff.fail_step(test.step(johns, 2), 'ill') from given;
select handoff.reopen_step(test.step(johns, 2), 'well again') from given;
select test.follow_trail();
select is(test.messages(), 'certiport 1 pending, certiport 2 pending', 'of a second start it is told anew');
select is(
  (select o.expires_at - o.made_at from handoff.outbox as o where o.partner_slug is not null and o.start_number = 1), interval '14 days', 'for two weeks'
);

update handoff.partners set enroll_url = 'https://partner.example/new' where slug = 'certiport';
select is(
  (select p.enroll_url_since from handoff.partners as p where p.slug = 'certiport'), '2026-01-05 10:00+00',
  'another address is no new beginning'
);
update handoff.partners set enroll_url = null where slug = 'certiport';
select is((select p.enroll_url_since from handoff.partners as p where p.slug = 'certiport'), null, 'none is an end');

select is(handoff.follow_trail(1, null), 0, 'without a mark nothing is followed');
select is(handoff.follow_trail(1, '9000000000'), null, 'what is not decided is not either');

select * from finish();
rollback;
