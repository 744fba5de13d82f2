begin;
select plan(2);

select test.set_clock('2026-03-02 12:00:00+00');
select test.deliver_raw('hsi', '{', 'rejected');
select handoff.mark_events_due(null, 'rejected');
select test.travel('1 year');
select is(handoff.drop_old_bodies('30 days'), 0, 'it is about to be read again');
select handoff.apply_due_events();
select is(handoff.drop_old_bodies('30 days'), 1, 'and done after that');

select * from finish();
rollback;
