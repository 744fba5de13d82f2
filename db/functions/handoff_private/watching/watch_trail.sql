-- Lock order: watch.
-- The caller holds: reader.
-- Each enrollment that the trail names is noted as it stands now. What it names later comes later, so nothing is
-- missed, and a part that is read twice changes nothing.
create or replace function handoff_private.watch_trail(p_from bigint, p_upto bigint)
returns void
language plpgsql
volatile
as $$
begin
  perform handoff_private.count_completions(p_from, p_upto);
  with touched as (
    select distinct t.enrollment_id
    from handoff.step_transitions as t
    where t.id > p_from and t.id <= p_upto
  ),
  standing as (
    select t.enrollment_id, s.*
    from touched as t
    cross join lateral handoff_private.standing_of(t.enrollment_id) as s
  ),
  gone as (
    delete from handoff.standings as w
    using touched as t
    where w.enrollment_id = t.enrollment_id
      and not exists (select from standing as s where s.enrollment_id = w.enrollment_id)
  )
  insert into handoff.standings as w (enrollment_id, program_slug, state, step_id, partner_slug, since)
  select s.enrollment_id, s.program_slug, s.state, s.step_id, s.partner_slug, s.since
  from standing as s
  on conflict (enrollment_id) do update
  set state = excluded.state, step_id = excluded.step_id, partner_slug = excluded.partner_slug, since = excluded.since
  where (w.state, w.step_id) is distinct from (excluded.state, excluded.step_id) or w.since < excluded.since;
end;
$$;

comment on function handoff_private.watch_trail(bigint, bigint) is
  'Notes how the enrollments stand that a part of the audit trail is about, and counts the completions in it.';
