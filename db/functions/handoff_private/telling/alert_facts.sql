-- Codes and numbers: whoever reads them has the words.
create or replace function handoff_private.alert_facts(p_ids uuid[])
returns jsonb
language sql
stable
as $$
  select jsonb_strip_nulls(jsonb_build_object(
    'alerts', (
      select jsonb_agg(
        jsonb_build_object(
          'kind', a.kind, 'about', a.about, 'subject', a.subject, 'severity', a.severity, 'numbers', a.numbers,
          'partner', p.name, 'partner_slug', p.slug, 'opened_at', a.opened_at, 'closed_at', a.closed_at
        )
        order by a.severity desc, a.opened_at, a.id
      )
      from (
        select w.*
        from handoff.alerts as w
        where w.id = any (p_ids)
        order by w.severity desc, w.opened_at, w.id
        limit 20
      ) as a
      left join handoff.partners as p on p.slug = a.partner_slug
    ),
    'more', nullif(greatest(cardinality(p_ids) - 20, 0), 0)
  ))
$$;

comment on function handoff_private.alert_facts(uuid[]) is
  'What a message about these alerts tells: the first twenty, worst and oldest first, and how many there are more.';
