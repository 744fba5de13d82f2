create or replace function handoff_private.consequences_of(p_profile_id uuid, p_before handoff_private.before_act)
returns text[]
language sql
stable
as $$
  select coalesce(array_agg(c.sentence order by c.rank, c.place, c.sentence), '{}')
  from (
    select 1, min(t.id), handoff_private.change_in_words(
      (array_agg(t order by t.id))[1].from_status, (array_agg(t order by t.id desc))[1].to_status, t.step_id, t.enrollment_id
    )
    from handoff.step_transitions as t
    join handoff.enrollments as e on e.id = t.enrollment_id
    where t.id > p_before.trail_id and e.student_id = p_profile_id
    group by t.enrollment_id, t.step_id
    union all
    select 2, null, case
      when c.number = any (p_before.certificates) then 'The certificate ' || c.number || ' is no longer valid.'
      else 'A certificate is issued.'
    end
    from handoff.certificates as c
    where c.student_id = p_profile_id
      and (c.number = any (p_before.certificates)) = (handoff_private.certificate_state(c) <> 'valid')
      and not c.number || ':' || handoff_private.certificate_state(c) = any (p_before.certificates)
    union all
    select 3, null, handoff_private.message_in_words(o)
    from handoff.outbox as o
    where o.message_id = any (handoff_private.messages_of_person(p_profile_id)) and o.message_id <> all (p_before.messages)
  ) as c (rank, place, sentence)
  where c.sentence is not null
$$;

comment on function handoff_private.consequences_of(uuid, handoff_private.before_act) is
  'What has become of a person''s enrollments since state_before, in sentences: what changed, certificates, who is '
  'told.';
