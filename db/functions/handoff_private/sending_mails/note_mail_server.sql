-- Lock order: breaker.
-- Mails that were under way when it was left alone say nothing new.
create or replace function handoff_private.note_mail_server(p_reached boolean)
returns void
language sql
volatile
as $$
  update handoff.mailing as m
  set
    failures = case when p_reached then 0 else m.failures + 1 end,
    open_until = case
      when not p_reached and m.failures >= 2
        then handoff.clock() + make_interval(secs => least(15 * power(2, least(m.failures - 2, 10)), 300))
    end
  where case when p_reached then m.failures > 0 else m.open_until is null or m.open_until <= handoff.clock() end
$$;

comment on function handoff_private.note_mail_server(boolean) is
  'Whether the mail server took part. After three failures in a row it is left alone for 15 s, then longer, five '
  'minutes at most.';
