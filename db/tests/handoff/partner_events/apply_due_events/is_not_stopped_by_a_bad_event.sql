begin;
select plan(6);
set local client_min_messages = error;

-- The fault is in the row: this step's counter of parts holds no more.
create temporary table given as select test.student() as student_id, test.enroll('administrative-assistant') as enrollment_id;
update handoff.enrollment_steps set progress_count = 2147483647 where partner_slug = 'jri';
update handoff.partners set status = 'disabled' where slug = 'jri';
select test.send('jri', 'module.completed', student_id, '{"module_id": "badge-1"}') from given;
select test.deliver_raw('jri', '{');
select test.send('jri', 'program.completed', student_id) from given;
update handoff.partners set status = 'active' where slug = 'jri';
update handoff.partner_events set due_at = handoff.clock() where status = 'rejected';
select is((tried, applied)::text, '(3,1)', 'each is tried') from handoff.apply_due_events();
select is(
  (select string_agg(e.status || ':' || e.reason || coalesce(':' || e.error_code, ''), ' ' order by e.position) from handoff.partner_events as e),
  'parked:apply_error:22003 rejected:bad_json accepted:completed', 'a fault of ours and a rejected one stop nobody'
);
select is(test.steps(enrollment_id), 'jri:completed certiport:in_progress', 'what came after them is applied') from given;
select is_empty('select from handoff.partner_events as e where e.due_at is not null', 'nothing is due any more');

-- A DBA dropped by hand its body, and what was read of it.
update handoff.partner_events set due_at = handoff.clock(), body = null, event_type = null, meaning = null where status = 'parked';
select is((tried, applied)::text, '(1,0)', 'without its body it can not be read again') from handoff.apply_due_events();
select is((tried, applied)::text, '(0,0)', 'and does not stay due for ever') from handoff.apply_due_events();

select * from finish();
rollback;
