begin;
select plan(15);

-- Whatever a DBA made of the next step, the event does what mark_step_complete does.
create temporary table by_hand (what text, sql text, before text, after text);
insert into by_hand values
  ('as it was generated', 'select', 'hsi', 'hsi:completed certiport:in_progress careersafe:pending'),
  ('numbers with a gap', 'update handoff.enrollment_steps as s set sequence_order = s.sequence_order * 10 where s.enrollment_id = %L',
   'hsi', 'hsi:completed certiport:in_progress careersafe:pending'),
  ('the next step failed already',
   $$update handoff.enrollment_steps as s set status = 'failed', started_at = handoff.clock()
     where s.enrollment_id = %L and s.partner_slug = 'certiport'$$,
   'hsi', 'hsi:completed certiport:failed careersafe:pending'),
  ('the next step was skipped',
   $$update handoff.enrollment_steps as s set status = 'skipped' where s.enrollment_id = %L and s.partner_slug = 'certiport'$$,
   'hsi', 'hsi:completed certiport:skipped careersafe:in_progress'),
  ('the last step',
   $$with moved as (
       update handoff.enrollment_steps as s set status = 'skipped', started_at = null
       where s.enrollment_id = %1$L and s.partner_slug <> 'careersafe' returning s.enrollment_id
     )
     update handoff.enrollment_steps as s set status = 'in_progress', started_at = handoff.clock()
     where s.partner_slug = 'careersafe' and s.enrollment_id in (select m.enrollment_id from moved as m)$$,
   'careersafe', 'hsi:skipped certiport:skipped careersafe:completed');

create function pg_temp.play(p_sql text, p_partner text, p_by_event boolean, out steps text, out trail text) language plpgsql as $$
declare
  v_email      constant text := md5(p_sql || p_by_event) || '@test.example';
  v_enrollment constant uuid := test.enroll('medical-assistant', v_email);
  v_step       uuid;
  v_last       constant bigint := (select max(t.id) from handoff.step_transitions as t);
begin
  execute format(p_sql, v_enrollment);
  select s.id into v_step from handoff.enrollment_steps as s where s.enrollment_id = v_enrollment and s.partner_slug = p_partner;
  if p_by_event then
    perform test.send(
      p_partner, case p_partner when 'hsi' then 'course.completed' else 'training.completed' end, test.student(v_email)
    );
  else
    perform handoff.mark_step_complete(v_step);
  end if;
  steps := test.steps(v_enrollment);
  trail := (
    select string_agg(concat_ws(' ', s.partner_slug, t.from_status, t.to_status, t.tally), ', ' order by t.id)
    from handoff.step_transitions as t
    join handoff.enrollment_steps as s on s.id = t.step_id
    where t.enrollment_id = v_enrollment and t.id > v_last and t.cause in ('partner_event', 'marked', 'advanced')
      and t.to_status in ('completed', 'in_progress') and (t.from_status <> 'pending' or t.to_status <> 'in_progress' or t.cause = 'advanced')
  );
end;
$$;

create temporary table played as
  select b.what, b.after, e.steps as by_event, e.trail as event_trail, h.steps as by_mark, h.trail as mark_trail
  from by_hand as b
  cross join lateral pg_temp.play(b.sql, b.before, true) as e
  cross join lateral pg_temp.play(b.sql, b.before, false) as h;
select is(by_event, after, what || ': an event') from played order by what;
select is(by_mark, after, what || ': mark_step_complete') from played order by what;
select is(event_trail, mark_trail, what || ': the same in the trail and the figures') from played order by what;

select * from finish();
rollback;
