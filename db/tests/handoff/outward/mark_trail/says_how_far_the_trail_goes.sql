begin;
select plan(4);
create temporary table given as select test.enroll() as johns;
select is(m.last_id >= (select max(t.id) from handoff.step_transitions as t), true, 'as far as ids were drawn') from handoff.mark_trail() as m;
select is(m.ends_before, pg_current_xact_id(), 'all that were at work before are below our own transaction') from handoff.mark_trail() as m;
select test.follow_trail(), test.follow_figures();
select is(m.ends_before, null, 'when all was followed there is nothing to wait for')
from handoff.mark_trail() as m
where not exists (select from handoff.trail_readers as r where r.position < m.last_id);
select handoff.disable_profile(test.student(), 'lost phone');
select is(m.ends_before is not null, true, 'what changes no status is of the same order') from handoff.mark_trail() as m;
select * from finish();
rollback;
