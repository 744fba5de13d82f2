create or replace function handoff_private.change_in_words(
  p_from text, p_to text, p_step_id uuid, p_enrollment_id uuid
)
returns text
language sql
stable
as $$
  select case
    when p_from is not distinct from p_to then null
    when p_step_id is null then g.name || ' ' || case p_to
      when 'pending' then 'awaits approval.'
      when 'active' then case p_from
        when 'pending' then 'is approved and begins.'
        when 'completed' then 'is open again.'
        when 'withdrawn' then 'goes on.'
        when 'on_hold' then 'goes on.'
        else 'begins.'
      end
      when 'on_hold' then 'is on hold: nothing starts until it is resumed.'
      when 'completed' then 'is completed.'
      when 'withdrawn' then 'ends here, without a certificate.'
    end
    else p.name || ' ' || case p_to
      when 'pending' then 'waits for its turn.'
      when 'in_progress' then 'starts.'
      when 'completed' then 'is completed.'
      when 'failed' then 'is not passed, and nothing starts after it.'
      when 'skipped' then 'is skipped.'
    end
  end
  from handoff.enrollments as e
  join handoff.programs as g on g.slug = e.program_slug
  left join handoff.enrollment_steps as s on s.id = p_step_id
  left join handoff.partners as p on p.slug = s.partner_slug
  where e.id = p_enrollment_id
$$;

comment on function handoff_private.change_in_words(text, text, uuid, uuid) is
  'A change of status as a sentence: of a step, or of the enrollment where p_step_id is null; null where nothing '
  'changed.';
