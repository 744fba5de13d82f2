-- What names one thing comes before people: whoever types a receipt or a number means it.
create or replace function handoff.find_anything(p_text text)
returns table (kind text, id text, profile_id uuid, title text, hint text)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select f.kind, f.id, f.profile_id, f.title, f.hint
  from (
    select 1, 'certificate', c.number, c.student_id, c.student_name, concat_ws(' · ', c.program_name, c.number), 0::bigint
    from handoff.certificates as c
    where c.number = handoff.certificate_asked(p_text)
    union all
    select
      2, 'event', e.receipt::text, e.student_id, concat_ws(': ', p.name, e.event_type),
      concat_ws(' · ', s.full_name, e.external_student_id), 0
    from handoff.partner_events as e
    join handoff.partners as p on p.slug = e.partner_slug
    left join handoff.profiles as s on s.id = e.student_id
    where e.receipt = case when btrim(p_text) ~* '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then btrim(p_text)::uuid end
    union all
    select
      3, 'account', a.external_student_id, a.student_id, s.full_name, concat_ws(' · ', p.name, a.external_student_id), 0
    from handoff.partners as p
    join handoff.partner_accounts as a
      on a.partner_slug = p.slug and a.external_student_id = normalize(btrim(p_text), NFC)
    join handoff.profiles as s on s.id = a.student_id
    union all
    select
      4, 'student', s.student_id::text, s.student_id, s.full_name, concat_ws(' · ', s.email, s.programs),
      row_number() over ()
    from handoff.find_students(p_text) as s
  ) as f (rank, kind, id, profile_id, title, hint, place)
  order by f.rank, f.place, f.title
$$;

comment on function handoff.find_anything(text) is
  'What an admin means who types this: a certificate by its number, an event by its receipt, a student by a partner''s '
  'id, by name or by address. kind: certificate, event, account, student; of the last twenty at most.';
