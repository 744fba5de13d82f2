-- Names are read from the body by the names of its fields, and from the id itself: they propose, and decide nothing.
-- Few words and few of who waits are looked at, however many students there are.
create or replace function handoff.event_students(p_receipt uuid)
returns table (
  student_id uuid,
  full_name text,
  email text,
  programs text,
  waits_since timestamptz,
  is_enrolled_before boolean,
  words_alike integer,
  other_account text
)
language plpgsql
stable
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_event handoff.partner_events;
  v_at    timestamptz;
  v_words text[];
begin
  perform handoff_private.require_admin();
  select e.* into v_event
  from handoff.partner_events as e
  where e.receipt = p_receipt and e.external_student_id is not null and e.student_id is null and e.status = 'parked';
  if not found then
    return;
  end if;
  v_at := least(coalesce(v_event.partner_completed_at, v_event.received_at), v_event.received_at);
  v_words := handoff.words_asked(left(concat_ws(
    ' ',
    (
      select string_agg(m.value, ' ')
      from jsonb_each_text(handoff_private.parse_body(v_event.body)) as m
      where m.key ~* 'name|mail' and m.key !~* 'program|course|module|exam|partner|school|organi[sz]ation'
    ),
    v_event.external_student_id
  ), 500));
  return query
  with word as (
    select w.word from unnest(v_words) as w (word) where length(w.word) > 1
  ),
  alike as materialized (
    select f.profile_id
    from word as w
    cross join lateral (
      select s.profile_id from handoff.search_words as s where s.word = w.word order by s.profile_id limit 100
    ) as f
    union
    select f.id from handoff.people_found(array_to_string(v_words, ' ')) as f (id) where v_words <> '{}'
  ),
  waiting as materialized (
    select e.student_id as profile_id
    from handoff.programs as g
    cross join lateral (
      select n.enrollment_id, n.since
      from handoff.standings as n
      where n.partner_slug = v_event.partner_slug and n.program_slug = g.slug and n.since <= v_at and n.state = 'in_progress'
      order by n.since
      limit 50
    ) as w
    join handoff.enrollments as e on e.id = w.enrollment_id
    where not exists (
      select
      from handoff.partner_accounts as a
      where a.student_id = e.student_id and a.partner_slug = v_event.partner_slug
    )
    order by w.since, e.student_id
    limit 5
  ),
  candidate as (
    select a.profile_id from alike as a
    union
    select w.profile_id from waiting as w
  )
  select
    p.id, p.full_name, p.email, e.programs, s.started_at, coalesce(e.first_at <= v_at, false), k.words, o.external_student_id
  from candidate as c
  join handoff.profiles as p
    on p.id = c.profile_id and p.role = 'student' and p.disabled_at is null and p.merged_into is null and p.erased_at is null
  cross join lateral (
    select string_agg(g.name, ', ' order by n.enrolled_at desc, g.name) as programs, min(n.enrolled_at) as first_at
    from handoff.enrollments as n
    join handoff.programs as g on g.slug = n.program_slug
    where n.student_id = p.id and n.status in ('pending', 'active', 'on_hold')
  ) as e
  cross join lateral (
    select count(*)::integer as words
    from word as w
    where exists (select from handoff.search_words as x where x.profile_id = p.id and x.word = w.word)
  ) as k
  left join lateral (
    select t.started_at
    from handoff.enrollments as n
    join handoff.enrollment_steps as t on t.enrollment_id = n.id
    where n.student_id = p.id and n.status = 'active' and t.partner_slug = v_event.partner_slug and t.status = 'in_progress'
    order by t.started_at
    limit 1
  ) as s on true
  left join lateral (
    select a.external_student_id
    from handoff.partner_accounts as a
    where a.student_id = p.id and a.partner_slug = v_event.partner_slug
    order by a.linked_at desc, a.external_student_id
    limit 1
  ) as o on true
  order by
    s.started_at is not null desc, coalesce(e.first_at <= v_at, false) desc, o.external_student_id is null desc, k.words desc,
    s.started_at, p.full_name, p.id
  limit 10;
end;
$$;

comment on function handoff.event_students(uuid) is
  'Whose an event of an unknown account most likely is, at most 10: students with an open step with its partner first, '
  'then who was enrolled before it, has no account there yet, and has a name or address like what it says. TH403.';
