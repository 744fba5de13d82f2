-- Lock order: batch, account, profile, enrollments, event, steps, certificate.
-- A batch holds what it has applied until its end, so it waits for nobody: what somebody holds stays due. It waits a
-- moment for an account that is being linked, shorter than deadlock_timeout, so that the batch gives way. One batch
-- runs at a time: a second one would want the same events.
create or replace function handoff.apply_due_events(p_limit integer default 100, out tried integer, out applied integer)
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_due     record;
  v_receipt handoff.event_receipt;
  v_held    text[] := array[]::text[];
  v_timeout constant text := current_setting('lock_timeout');
begin
  perform handoff_private.require_admin();
  tried := 0;
  applied := 0;
  perform from handoff_ops.locks as l where l.name = 'due events' for update skip locked;
  if not found then
    return;
  end if;
  perform set_config('lock_timeout', '100ms', true);
  for v_due in
    select e.receipt, e.partner_slug || ' ' || e.external_student_id as student, handoff_private.is_readable(e) as is_readable
    from handoff.partner_events as e
    where e.due_at is not null
    order by e.position
  loop
    exit when tried >= p_limit or cardinality(v_held) >= 20;
    -- The others of the same student wait as well, so that they keep their order.
    continue when v_due.student = any (v_held);
    begin
      perform handoff_private.lock_due_event(v_due.receipt);
      if v_due.is_readable then
        perform handoff_private.begin_act('partner_event', null, v_due.receipt);
        v_receipt := handoff_private.try_event(v_due.receipt);
        applied := applied + (v_receipt.status in ('accepted', 'ignored'))::integer;
      end if;
      update handoff.partner_events as e set due_at = null where e.receipt = v_due.receipt;
      tried := tried + 1;
    exception
      when lock_not_available or deadlock_detected then
        v_held := array_append(v_held, coalesce(v_due.student, v_due.receipt::text));
    end;
  end loop;
  perform set_config('lock_timeout', v_timeout, true);
end;
$$;

comment on function handoff.apply_due_events(integer) is
  'Tries so many of the events that are due, in order of receipt; returns how many were tried and how many were '
  'applied. What others hold stays due. TH403.';
