-- Lock order: breaker.
-- A mail that is committed later than others may have been due a moment before them.
create or replace function handoff_private.mark_mails()
returns void
language sql
volatile
as $$
  update handoff.mailing as m
  set
    due_from = least(
      handoff.clock(),
      (
        select min(d.due_at)
        from (values (1), (2)) as w (turn)
        cross join lateral (
          select min(o.due_at) as due_at
          from handoff.outbox as o
          where o.kind not in ('enroll_at_partner', 'alert_webhook') and o.status in ('pending', 'failed')
            and case o.kind when 'sign_in_link' then 1 else 2 end = w.turn
        ) as d
      )
    ) - interval '5 seconds'
$$;

comment on function handoff_private.mark_mails() is
  'Notes where the mails begin that are not settled. All of them are looked at, so a mail that was made due before the '
  'last mark is found at the next.';
