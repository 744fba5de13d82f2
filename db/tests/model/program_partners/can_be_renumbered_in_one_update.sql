begin;
select plan(1);

update handoff.program_partners set sequence_order = 4 - sequence_order where program_slug = 'medical-assistant';
select is(
  test.steps(test.enroll('medical-assistant')), 'careersafe:in_progress certiport:pending hsi:pending', 'the order is turned round'
);

select * from finish();
rollback;
