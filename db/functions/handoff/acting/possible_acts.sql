-- Offered is what the functions behind the acts would not refuse by the status alone; that is tested against them.
create or replace function handoff.possible_acts(p_profile_id uuid)
returns table (act text, target text, enrollment_id uuid, step_id uuid, about text)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select a.act, a.target, a.enrollment_id, a.step_id, a.about
  from (
    select 1, e.enrolled_at, p.place, p.act, e.id::text, e.id, null::uuid, g.name
    from handoff.enrollments as e
    join handoff.programs as g on g.slug = e.program_slug
    cross join lateral unnest(
      case e.status
        when 'pending' then array['approve', 'withdraw']
        when 'active' then array['hold', 'withdraw']
        when 'on_hold' then array['resume', 'withdraw']
        when 'withdrawn' then array['resume']
      end
    ) with ordinality as p (act, place)
    where e.student_id = p_profile_id
    union all
    select 2, e.enrolled_at, 10 * s.sequence_order + p.place, p.act, s.id::text, e.id, s.id, r.name
    from handoff.enrollments as e
    join handoff.enrollment_steps as s on s.enrollment_id = e.id
    join handoff.partners as r on r.slug = s.partner_slug
    cross join lateral unnest(
      case
        when e.status = 'active' then case s.status
          when 'pending' then array['complete', 'skip']
          when 'in_progress' then array['complete', 'skip', 'fail']
          when 'failed' then array['complete', 'reopen', 'skip']
          else array['reopen']
        end
        when e.status = 'completed' and s.status in ('completed', 'skipped') then array['reopen']
      end
    ) with ordinality as p (act, place)
    where e.student_id = p_profile_id
    union all
    select 3, c.issued_at, p.place, p.act, c.number, c.enrollment_id, null, c.program_name
    from handoff.certificates as c
    cross join unnest(array['reissue', 'revoke']) with ordinality as p (act, place)
    where c.student_id = p_profile_id and c.revoked_at is null and c.replaced_at is null
    union all
    select 4, null, p.place, p.act, s.id::text, null, null, s.full_name
    from handoff.profiles as s
    cross join lateral unnest(
      case when s.disabled_at is null then array['enroll', 'link', 'unlink', 'correct', 'disable', 'merge', 'erase']
      else array['correct', 'enable', 'merge', 'erase'] end
    ) with ordinality as p (act, place)
    where s.id = p_profile_id and s.merged_into is null and s.erased_at is null
      and (p.act not in ('enroll', 'link', 'unlink') or s.role = 'student')
      and (p.act <> 'unlink' or exists (select from handoff.partner_accounts as c where c.student_id = s.id))
  ) as a (rank, at, place, act, target, enrollment_id, step_id, about)
  order by a.rank, a.at, a.place
$$;

comment on function handoff.possible_acts(uuid) is
  'What an admin can do now about a person: to enrollments, steps, certificates and the person; p_act and p_target '
  'of perform_act and preview_act. about: the program, partner or person.';
