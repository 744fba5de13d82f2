-- Lock order: message.
-- Links to sign in first: somebody waits for them. What somebody else is at is passed over. A mail server that could
-- not be reached again and again is left alone until open_until, and then asked with one mail of each sort.
create or replace function handoff.claim_mails(p_mails integer, p_links integer, p_lease interval)
returns setof handoff.claimed_mail
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_now        constant timestamptz := handoff.clock();
  v_mailing    handoff.mailing;
  v_wanted     record;
  v_mail       handoff.outbox;
  v_taken      integer;
begin
  perform handoff_private.end_mails();
  select m.* into v_mailing from handoff.mailing as m;
  if v_mailing.open_until > v_now then
    return;
  end if;
  for v_wanted in
    select w.turn, case when v_mailing.open_until is null then w.mails else least(w.mails, 1) end as mails
    from (values (1, p_links), (2, p_mails)) as w (turn, mails)
    where w.mails > 0
    order by w.turn
  loop
    v_taken := 0;
    for v_mail in
      select m.*
      from (
        select o.*
        from handoff.outbox as o
        where o.kind not in ('enroll_at_partner', 'alert_webhook')
          and case o.kind when 'sign_in_link' then 1 else 2 end = v_wanted.turn
          and o.due_at <= v_now and o.due_at >= coalesce(v_mailing.due_from, '-infinity')
          and o.status in ('pending', 'failed') and (o.lease_until is null or o.lease_until <= v_now)
        order by o.due_at
        limit v_wanted.mails + 20
        for update skip locked
      ) as m
      order by m.due_at, m.key
    loop
      exit when v_taken >= v_wanted.mails;
      if handoff_private.take_mail(v_mail, p_lease) then
        v_taken := v_taken + 1;
        return query
        select o.message_id, o.lease_token, o.kind, o.mailed_to, p.full_name, handoff_private.mail_facts(o), o.body
        from handoff.outbox as o
        join handoff.profiles as p on p.id = o.profile_id
        where o.message_id = v_mail.message_id;
      end if;
    end loop;
  end loop;
end;
$$;

comment on function handoff.claim_mails(integer, integer, interval) is
  'Mails that are due, for this caller alone until the lease ends: so many links to sign in and so many others. '
  'What no longer holds is cancelled, what has ended is cancelled or dead, also when none are wanted. It is not sent '
  'yet: see prepare_mail and begin_sending.';
