-- Runs with the caller's rights: row-level security decides whose step this may be.
-- A template is cut at its braces: each piece is a placeholder's name and the text behind it. Every byte that could
-- mean something in an address is encoded, so a name adds no part to it, and its host is the template's own.
create or replace function handoff.launch_url_of(p_step_id uuid)
returns text
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select coalesce(r.launch_url, f.url, p.launch_url)
  from handoff.enrollment_steps as s
  join handoff.enrollments as e on e.id = s.enrollment_id
  join handoff.profiles as o on o.id = e.student_id
  join handoff.partners as p on p.slug = s.partner_slug
  left join handoff.partner_answers as r on r.step_id = s.id
  cross join lateral (
    select case when count(*) = count(c.text) then string_agg(c.text, '' order by b.place) end as url
    from string_to_table(p.launch_url_template, '{') with ordinality as b (piece, place)
    cross join lateral (
      select case split_part(b.piece, '}', 1)
        when 'account' then (
          select a.external_student_id
          from handoff.partner_accounts as a
          where a.partner_slug = s.partner_slug and a.student_id = e.student_id
          order by a.linked_at desc, a.external_student_id
          limit 1
        )
        when 'course' then s.course_ref
        when 'email' then o.email
        when 'name' then o.full_name
        when 'reference' then s.id::text
      end as value
    ) as v
    cross join lateral (
      select string_agg(
        case
          when n.code < 128 and chr(n.code) ~ '[A-Za-z0-9._~-]' then chr(n.code)
          else '%' || upper(lpad(to_hex(n.code), 2, '0'))
        end,
        '' order by n.place
      ) as encoded
      from (
        select get_byte(convert_to(v.value, 'UTF8'), i.place), i.place
        from generate_series(0, octet_length(v.value) - 1) as i (place)
      ) as n (code, place)
    ) as x
    cross join lateral (
      select case when b.place = 1 then b.piece else x.encoded || split_part(b.piece, '}', 2) end as text
    ) as c
  ) as f
  where s.id = p_step_id
$$;

comment on function handoff.launch_url_of(uuid) is
  'Where the student begins a step: the partner''s own link for it, else its template with the student''s details, '
  'else where all its students sign in. Under the caller''s row-level security; null when there is none.';
