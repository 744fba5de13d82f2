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
  v_now     constant timestamptz := handoff.clock();
  v_mail    handoff.outbox;
  v_reason  text;
  v_claimed integer[] := array[0, 0];
  v_sort    integer;
begin
  perform handoff_private.end_mails();
  if exists (select from handoff.mailing as m where m.open_until > v_now) then
    return;
  end if;
  for v_mail in
    select o.*
    from handoff.mailing as b
    cross join (values (true, p_links), (false, p_mails)) as q (is_link, wanted)
    cross join lateral (
      select m.*
      from handoff.outbox as m
      where m.profile_id is not null and m.due_at <= v_now and (m.kind = 'sign_in_link') = q.is_link
        and m.status in ('pending', 'failed') and (m.lease_until is null or m.lease_until <= v_now)
      order by m.due_at
      limit case when q.wanted > 0 then 20 + q.wanted else 0 end
      for update skip locked
    ) as o
    order by q.is_link desc, o.due_at, o.key
  loop
    v_sort := 1 + (v_mail.kind = 'sign_in_link')::integer;
    continue when v_claimed[v_sort] >= case
      when exists (select from handoff.mailing as m where m.open_until is not null) then 1
      else (array[p_mails, p_links])[v_sort]
    end;
    v_reason := handoff_private.mail_no_longer_holds(v_mail);
    if v_reason is not null then
      perform handoff_private.cancel_message(v_mail.message_id, v_reason);
      continue;
    elsif handoff_private.is_in_doubt(v_mail) then
      perform handoff_private.doubt_mail(v_mail.message_id, 'the database was restored, and it may have been sent before');
      continue;
    elsif handoff_private.has_no_step_yet(v_mail) then
      update handoff.outbox as o set due_at = v_now + interval '15 minutes' where o.message_id = v_mail.message_id;
      continue;
    end if;
    v_claimed[v_sort] := v_claimed[v_sort] + 1;
    update handoff.outbox as o
    set
      lease_token = gen_random_uuid(), lease_until = v_now + p_lease, profile_id = handoff_private.recipient_of(v_mail),
      mailed_to = (select p.email from handoff.profiles as p where p.id = handoff_private.recipient_of(v_mail)),
      facts = case when o.body is null then handoff_private.facts_told(v_mail) else o.facts end
    where o.message_id = v_mail.message_id
    returning o.* into v_mail;
    return query
    select
      v_mail.message_id, v_mail.lease_token, v_mail.kind, v_mail.mailed_to, p.full_name,
      handoff_private.mail_facts(v_mail), v_mail.body
    from handoff.profiles as p
    where p.id = v_mail.profile_id;
  end loop;
end;
$$;

comment on function handoff.claim_mails(integer, integer, interval) is
  'Mails that are due, for this caller alone until the lease ends: so many links to sign in and so many others. '
  'What no '
  'longer holds or has ended is cancelled, also when none are wanted. It is not sent yet: see prepare_mail and '
  'begin_sending.';
