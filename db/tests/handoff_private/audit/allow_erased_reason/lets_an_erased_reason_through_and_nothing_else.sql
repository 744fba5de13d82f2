begin;
select plan(7);

select handoff.hold_enrollment(test.enroll('cna'), 'John is on leave');
select handoff.correct_profile(test.student(), null, 'John S. Student', 'typed wrongly');
select throws_ok($$update handoff.step_transitions set reason = 'another'$$, 'TH405', null, 'another reason');
select throws_ok($$update handoff.step_transitions set reason = null$$, 'TH405', null, 'no reason');
select throws_ok(
  $$update handoff.step_transitions set reason = '(erased)' where reason is null$$, 'TH405', null, 'a reason where none was given'
);
select throws_ok(
  $$update handoff.step_transitions set reason = '(erased)', cause = 'x' where reason is not null$$, 'TH405', null, 'a cause beside it'
);
select lives_ok($$update handoff.step_transitions set reason = '(erased)' where reason is not null$$, 'an erased reason');
select throws_ok($$update handoff.acts set act = 'erased'$$, 'TH405', null, 'acts are append-only, too');
select throws_ok('delete from handoff.acts', 'TH405', null, 'none is deleted');

select * from finish();
rollback;
