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
  v_open_until timestamptz;
  v_wanted     record;
  v_mail       handoff.outbox;
  v_taken      integer;
begin
  perform handoff_private.end_mails();
  select m.open_until into v_open_until from handoff.mailing as m;
  if v_open_until > v_now then
    return;
  end if;
  for v_wanted in
    select w.is_link, case when v_open_until is null then w.mails else least(w.mails, 1) end as mails
    from (values (true, p_links), (false, p_mails)) as w (is_link, mails)
    where w.mails > 0
    order by w.is_link desc
  loop
    v_taken := 0;
    for v_mail in
      select m.*
      from (
        select o.*
        from handoff.outbox as o
        where o.profile_id is not null and o.due_at <= v_now and (o.kind = 'sign_in_link') = v_wanted.is_link
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
  'What no longer holds or has ended is cancelled, also when none are wanted. It is not sent yet: see prepare_mail '
  'and begin_sending.';
