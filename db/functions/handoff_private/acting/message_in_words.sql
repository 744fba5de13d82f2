create or replace function handoff_private.message_in_words(p_message handoff.outbox)
returns text
language sql
stable
as $$
  select case
    when p_message.profile_id is null then p.name || ' is asked to take ' || s.full_name || '.'
    else s.full_name || ' is mailed: ' || case p_message.kind
      when 'enrolled' then 'enrolled, and how to begin'
      when 'approved' then 'approved, and how to begin'
      when 'step_ready' then 'what is next'
      when 'not_passed' then 'not passed'
      when 'on_hold' then 'on hold'
      when 'resumed' then 'it goes on'
      when 'withdrawn' then 'has left the program'
      when 'taken_back' then 'back in the program'
      when 'certificate_issued' then 'the certificate'
      when 'certificate_reissued' then 'the certificate, issued again'
      when 'certificate_revoked' then 'the certificate is revoked'
      else p_message.kind
    end || '.'
  end
  from handoff.profiles as s
  left join handoff.partners as p on p.slug = p_message.partner_slug
  where s.id = coalesce(p_message.profile_id, handoff_private.student_of_enrollment(p_message.enrollment_id))
$$;

comment on function handoff_private.message_in_words(handoff.outbox) is 'Who is told what by a message, as a sentence.';
