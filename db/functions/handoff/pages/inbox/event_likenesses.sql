-- Every account of the partner is compared, so only where nobody is known yet.
create or replace function handoff.event_likenesses(p_receipt uuid)
returns table (external_student_id text, student_id uuid, full_name text, email text)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select a.external_student_id, p.id, p.full_name, p.email
  from handoff.partner_events as e
  join handoff.partner_accounts as a
    on a.partner_slug = e.partner_slug and a.external_student_id <> e.external_student_id
    and handoff.search_form(a.external_student_id) = handoff.search_form(e.external_student_id)
  join handoff.profiles as p on p.id = a.student_id
  where e.receipt = p_receipt and e.student_id is null
  order by a.external_student_id, p.id
  limit 20
$$;

comment on function handoff.event_likenesses(uuid) is
  'The students to whom the partner is linked by an id that is the event''s but for case, accents or space.';
