-- Lock order: alert, message.
-- The caller holds: batch.
-- What is new since the hour of the last mail of the day waits for the next: so there is one a day, also after the
-- worker was away. When the hour or the zone is moved, and the day's mail has gone out already, nothing is marked as
-- told: it waits for the next day.
create or replace function handoff_private.tell_daily(p_now timestamptz)
returns void
language plpgsql
volatile
as $$
declare
  v_zone constant text := handoff_private.school_zone();
  v_at   constant time := (select s.digest_at from handoff.school as s);
  v_day  date := (p_now at time zone v_zone)::date;
  v_new  uuid[];
begin
  if (v_day + v_at) at time zone v_zone > p_now then
    v_day := v_day - 1;
  end if;
  if exists (
    select
    from handoff.profiles as p
    join handoff.outbox as o on o.key = concat_ws(':', 'digest', p.id, v_day)
    where p.role = 'admin'
  ) then
    return;
  end if;
  with told as (
    update handoff.alerts as a
    set digested_at = p_now
    where a.closed_at is null and a.digested_at is null and a.notified_at is null and a.acknowledged_at is null
      and greatest(a.opened_at, a.snoozed_until) < (v_day + v_at) at time zone v_zone
    returning a.id
  )
  select array_agg(t.id order by t.id) into v_new from told as t;
  if v_new is not null then
    perform handoff_private.mail_admins('digest', v_day::text, handoff_private.alert_facts(v_new));
  end if;
end;
$$;

comment on function handoff_private.tell_daily(timestamptz) is
  'Mails every admin, once a day at the school''s hour, what newly needs somebody; nothing where there is nothing.';
