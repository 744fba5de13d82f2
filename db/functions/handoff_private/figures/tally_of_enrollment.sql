-- Open steps count in an active enrollment only. One that our functions complete has none.
create or replace function handoff_private.tally_of_enrollment(
  p_enrollment handoff.enrollments,
  p_from text,
  p_cause text,
  p_role text
)
returns text
language sql
stable
as $$
  select concat(
    p_enrollment.program_slug, ':',
    case when p_from is null then 'E' end,
    case when p_from = 'completed' then 'd' end,
    case
      when p_enrollment.status = 'completed'
        then case when p_role in ('handoff_webhook', 'handoff_worker') then 'D56' else 'D5' end
    end,
    case
      when p_enrollment.status = 'active' and p_from is distinct from 'on_hold' then (
        select case
          when h.is_activated then ''
          when h.is_generated then '12'
          else '1'
        end
        from (
          select
            bool_or(t.step_id is null and t.to_status = 'active' and t.from_status is distinct from 'on_hold') as is_activated,
            bool_or(t.cause = 'generated') as is_generated
          from handoff.step_transitions as t
          where t.enrollment_id = p_enrollment.id
        ) as h
      )
    end,
    case
      when p_cause <> 'all_steps_done' and (p_enrollment.status = 'active' or p_from = 'active') then (
        select string_agg(' ' || w.word, '' order by w.word)
        from (
          select concat(
            s.partner_slug, ':',
            case when p_enrollment.status = 'active' then upper(left(s.status, 1)) else left(s.status, 1) end
          ) as word
          from handoff.enrollment_steps as s
          where s.enrollment_id = p_enrollment.id and s.status in ('pending', 'in_progress', 'failed')
        ) as w
      )
    end
  )
$$;

comment on function handoff_private.tally_of_enrollment(handoff.enrollments, text, text, text) is
  'What a new status of an enrollment changes in the figures: step_transitions.tally of the row that is about to be '
  'written.';
