-- Says whether students can be led through every program: partners, their events, programs and mappings.
-- Run with: psql "$DATABASE_URL" -f seeds/check_program_config.sql
-- Read only. Prints the figures, then OK, or a line for each thing that is wrong, and then ends with an exit code that is
-- not 0. A school's own partners and programs are looked at as well.
\set ON_ERROR_STOP on
\set QUIET on
\pset tuples_only on
\pset format unaligned

begin read only;
set local role handoff_owner;
set local search_path = pg_catalog, pg_temp;
set local row_security = on;

with partners_of (program_slug, partners) as (
  select m.program_slug, count(distinct m.partner_slug) from handoff.program_partners as m group by m.program_slug
)
select format('%s: %s', f.name, f.figure)
from (
  select 1, 'partners', (select count(*) from handoff.partners)
  union all
  select 2, 'event types', (select count(*) from handoff.partner_event_types)
  union all
  select 3, 'programs', (select count(*) from handoff.programs)
  union all
  select 4, 'mappings', (select count(*) from handoff.program_partners)
  union all
  select 5, 'required mappings', (select count(*) from handoff.program_partners as m where m.is_required)
  union all
  select 100 - p.partners, format('programs with %s partner%s', p.partners, case when p.partners > 1 then 's' else '' end), count(*)
  from partners_of as p
  group by p.partners
) as f (place, name, figure)
order by f.place;

with seeded_partners (slug) as (
  values ('hsi'), ('certiport'), ('careersafe'), ('jri'), ('milady')
),
seeded_programs (slug) as (
  values
    ('medical-assistant'), ('cna'), ('cna-wrg'), ('dental-assistant'), ('pharmacy-technician'),
    ('phlebotomy-technician'), ('emt'), ('community-healthcare-worker'), ('emergency-health-safety-technician'),
    ('cpr-first-aid'), ('barber-apprenticeship'), ('barber-apprenticeship-1500-hour'),
    ('barber-apprenticeship-2000-hour'), ('barber-apprenticeship-wrg'), ('esthetician-apprenticeship'),
    ('hair-stylist-esthetician-apprenticeship'), ('professional-esthetician'), ('nail-technician-apprenticeship'),
    ('hair-stylist-nail-technician-apprenticeship'), ('hvac-technician'), ('hvac-technician-wrg'),
    ('hvac-2exclusive-apprenticeship'), ('automotive-technician'), ('diesel-mechanic'), ('manufacturing-technician'),
    ('building-maintenance-technician'), ('solar-panel-installation'), ('forklift-operator'), ('it-support-specialist'),
    ('cybersecurity-analyst'), ('web-development'), ('data-analytics'), ('administrative-assistant'),
    ('customer-service-representative'), ('bookkeeping'), ('business-startup'), ('entrepreneurship'), ('cdl-training'),
    ('cdl-commercial-truck-driving-wrg'), ('peer-recovery-specialist'), ('peer-support-professional'),
    ('recovery-coach'), ('reentry-specialist'), ('direct-support-professional'), ('life-coach-certification'),
    ('real-estate-agent'), ('insurance-agent'), ('tax-preparation'), ('youth-culinary-apprenticeship')
),
mappings as (
  select
    m.*,
    g.is_open,
    row_number() over (partition by m.program_slug order by m.sequence_order, m.id) as place,
    count(*) over (partition by m.program_slug, m.partner_slug) as of_partner
  from handoff.program_partners as m
  join handoff.programs as g on g.slug = m.program_slug
),
-- The fields that stored events really have: the last 200 of each kind, whatever else the partner has sent since.
recent (partner_slug, event_type, doc) as materialized (
  select e.partner_slug, e.event_type, handoff_private.parse_body(e.body)
  from (
    select n.receipt, row_number() over (partition by n.partner_slug, n.event_type order by n.position desc) as place
    from handoff.partner_events as n
    where n.event_type is not null and n.body is not null
  ) as n
  join handoff.partner_events as e on e.receipt = n.receipt
  where n.place <= 200
),
misnamed (partner_slug, event_type, setting, field, events, others) as (
  select t.partner_slug, t.event_type, f.setting, f.field, r.events, r.others
  from handoff.partner_event_types as t
  cross join lateral (
    values ('item_field', t.item_field), ('pass_field', t.pass_field), ('result_field', t.result_field)
  ) as f (setting, field)
  cross join lateral (
    select
      count(distinct r.doc) as events,
      string_agg(distinct k.name, ', ') filter (
        where k.name not in ('event', 'student_id', 'enrollment_id', 'completed_at')
          and k.name not in (coalesce(t.item_field, ''), coalesce(t.pass_field, ''), coalesce(t.result_field, ''))
          and (k.name <> 'passed' or f.setting = 'pass_field')
      ) as others,
      bool_or(k.name = f.field) as is_there
    from recent as r
    cross join lateral jsonb_object_keys(r.doc) as k (name)
    where r.partner_slug = t.partner_slug and r.event_type = t.event_type
  ) as r
  where f.field is not null and r.events > 0 and not r.is_there
    -- An event may well have no course or grade; but then it does not bring another field in its place.
    and (f.setting = 'pass_field' or r.others is not null)
),
faults (place, fault) as (
  select 1, format('partner %s is missing', w.slug)
  from seeded_partners as w
  where not exists (select from handoff.partners as p where p.slug = w.slug)
  union all
  select 2, format('program %s is missing', w.slug)
  from seeded_programs as w
  where not exists (select from handoff.programs as g where g.slug = w.slug)
  union all
  select 3, format('program %s has no required mapping: nobody can enroll', g.slug)
  from handoff.programs as g
  where not exists (select from handoff.program_partners as m where m.program_slug = g.slug and m.is_required)
  union all
  select 4, format('program %s: the order is %s instead of %s', m.program_slug, string_agg(m.sequence_order::text, ', ' order by m.place),
    string_agg(m.place::text, ', ' order by m.place))
  from mappings as m
  group by m.program_slug
  having bool_or(m.sequence_order <> m.place)
  union all
  select 5, format('program %s goes through partner %s, which is %s', m.program_slug, p.slug, p.status)
  from mappings as m
  join handoff.partners as p on p.slug = m.partner_slug
  where p.status <> 'active' and m.is_open
  union all
  select 6, format('program %s maps partner %s %s times, and not every time with a course_ref', m.program_slug, m.partner_slug, count(*))
  from mappings as m
  where m.of_partner > 1
  group by m.program_slug, m.partner_slug
  having bool_or(m.course_ref is null)
  union all
  select 7, format('program %s names the course %s of partner %s, whose event %s names none: item_field is not set',
    m.program_slug, m.course_ref, m.partner_slug, t.event_type)
  from mappings as m
  join handoff.partner_event_types as t on t.partner_slug = m.partner_slug and t.meaning = 'completion'
  where m.course_ref is not null and t.item_field is null
  union all
  select 8, format('partner %s has no event type that completes a step', p.slug)
  from handoff.partners as p
  where p.status <> 'retired' and not exists (
    select from handoff.partner_event_types as t where t.partner_slug = p.slug and t.meaning = 'completion'
  )
  union all
  select 9, format('partner %s has no launch_url: its students can not find the training', p.slug)
  from handoff.partners as p
  where p.status <> 'retired' and p.launch_url is null
  union all
  select 18, format('program %s: the launch_url_template of partner %s needs a course, and the program names none', m.program_slug, m.partner_slug)
  from mappings as m
  join handoff.partners as p on p.slug = m.partner_slug
  where p.status <> 'retired' and m.is_required and m.course_ref is null and strpos(p.launch_url_template, '{course}') > 0
  union all
  select 19, format('partner %s: its launch_url_template needs an account, and none of its students in progress, %s, has one',
    p.slug, count(*))
  from handoff.partners as p
  join handoff.enrollment_steps as s on s.partner_slug = p.slug and s.status = 'in_progress'
  join handoff.enrollments as e on e.id = s.enrollment_id
  where p.status <> 'retired' and strpos(p.launch_url_template, '{account}') > 0 and not exists (
    select from handoff.partner_accounts as a where a.partner_slug = p.slug and a.student_id is not null
  )
  group by p.slug
  union all
  select 10, format('partner %s sends %s, which is not in partner_event_types: %s parked', e.partner_slug, e.event_type, count(*))
  from handoff.partner_events as e
  where e.status = 'parked' and e.reason = 'unknown_event_type' and e.set_aside_at is null and not exists (
    select from handoff.partner_event_types as t where t.partner_slug = e.partner_slug and t.event_type = e.event_type
  )
  group by e.partner_slug, e.event_type
  union all
  select 11, format('partner %s: none of its last %s events %s has the %s %s; they have %s', n.partner_slug, n.events,
    n.event_type, n.setting, n.field, coalesce(n.others, 'no other'))
  from misnamed as n
  union all
  select 12, format('program %s, partner %s: no event can name the course_ref %s: it has space around it, a hidden character or a'
    ' letter in parts', m.program_slug, m.partner_slug, quote_literal(m.course_ref))
  from mappings as m
  where not coalesce(handoff_private.is_name(to_jsonb(m.course_ref), 255), true) or m.course_ref is not nfc normalized
  union all
  select 13, format('programs %s have one name: %s', string_agg(g.slug, ', ' order by g.slug), min(btrim(g.name)))
  from handoff.programs as g
  group by lower(regexp_replace(btrim(normalize(g.name, nfkc)), $re$\s+$re$, ' ', 'g'))
  having count(*) > 1
  union all
  select 14, format('partner %s: the support_email %s is no address', p.slug, quote_literal(p.support_email))
  from handoff.partners as p
  where p.support_email is not null and (
    handoff_private.stored_address(p.support_email) is null or p.support_email !~ '@.+[.]'
    or not handoff_private.is_name(to_jsonb(p.support_email), 254)
  )
  union all
  select 15, format('program %s has no category', g.slug)
  from handoff.programs as g
  where handoff_private.stored_name(left(regexp_replace(g.category, $re$[\u0001-\u001f]$re$, ' ', 'g'), 200)) is null
  union all
  select 16, format('partner %s: the account %s holds a hidden character, or a letter in parts: what looks the same is another',
    a.partner_slug, quote_literal(a.external_student_id))
  from handoff.partner_accounts as a
  where handoff_private.stored_account(a.external_student_id) is distinct from a.external_student_id
  union all
  select 17, format('%s %s: the name %s has space around it, a letter in parts, or nothing to be seen', n.kind, n.slug, quote_literal(n.name))
  from (
    select 'partner', p.slug, p.name from handoff.partners as p
    union all
    select 'program', g.slug, g.name from handoff.programs as g
  ) as n (kind, slug, name)
  where handoff_private.stored_name(n.name) is distinct from n.name
)
select f.fault from faults as f order by f.place, f.fault;

select :ROW_COUNT as faults, :ROW_COUNT = 0 as is_right \gset
\if :is_right
  \echo OK: every program leads from its first partner to its certificate.
\else
  set local handoff_check.faults = :faults;
  do $$ begin raise exception 'things that are wrong: %', current_setting('handoff_check.faults'); end $$;
\endif

rollback;
