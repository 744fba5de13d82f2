begin;
select plan(3);

-- Seven students; medical-assistant goes hsi > certiport > careersafe, cna goes hsi > certiport.
update handoff.programs set requires_approval = true where slug = 'emt';
create temporary table given as
  select
    test.enroll('medical-assistant', 'a@test.example') as moving, test.enroll('cna', 'b@test.example') as fresh,
    test.enroll('cna', 'c@test.example') as failed, test.enroll('cna', 'd@test.example') as skipped,
    test.enroll('cna', 'e@test.example') as done, test.enroll('cna', 'f@test.example') as held,
    test.enroll('medical-assistant', 'g@test.example') as withdrawn, test.enroll('emt', 'h@test.example') as waiting;
select handoff.mark_step_complete(test.step(moving, 1)), handoff.fail_step(test.step(failed, 1), 'cheated'),
  handoff.skip_step(test.step(skipped, 1), 'waived'), handoff.mark_step_complete(test.step(done, 1)),
  handoff.mark_step_complete(test.step(done, 2)), handoff.mark_step_complete(test.step(withdrawn, 1)) from given;
select handoff.hold_enrollment(held, 'on leave'), handoff.withdraw_enrollment(withdrawn, 'moved away') from given;

select results_eq(
  'select p.partner_slug, p.pending, p.in_progress, p.completed, p.failed, p.skipped, p.completion_rate from handoff.partner_pipeline() as p',
  $$values
    -- of open steps, the withdrawn enrollment's (careersafe, certiport) and the held one's (hsi, certiport) do not count
    ('careersafe', 1, 0, 0, 0, 0, 0.00),
    ('certiport', 2, 2, 1, 0, 0, 20.00),
    ('hsi', 0, 1, 3, 1, 1, 50.00),
    ('jri', 0, 0, 0, 0, 0, null),
    ('milady', 0, 0, 0, 0, 0, null)$$,
  'a row per partner, by name: its steps by status, open ones in active enrollments only; the rate is completed of all counted'
);
update handoff.partners set status = 'disabled', signature_scheme = 'shared-secret' where slug = 'hsi';
select results_eq(
  $$select p.partner_name, p.status, p.signature_scheme from handoff.partner_pipeline() as p where p.partner_slug = 'hsi'$$,
  $$values ('Health & Safety Institute', 'disabled', 'shared-secret')$$,
  'with the name, the status and the signature scheme, so that a weak one is seen'
);
select handoff.resume_enrollment(held, 'is back') from given;
select results_eq(
  $$select p.in_progress, p.completion_rate from handoff.partner_pipeline() as p where p.partner_slug = 'hsi'$$,
  $$values (2, 42.86)$$,
  'a resumed enrollment counts again'
);

select * from finish();
rollback;
