-- Lock order: reader.
-- As follow_trail, for the figures: base and place change in one transaction, so every snapshot has both of one time.
create or replace function handoff.follow_figures(p_last_id bigint, p_ends_before xid8, p_limit integer default 100000)
returns integer
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_from    bigint;
  v_recount bigint;
  v_upto    bigint;
begin
  if p_ends_before is null then
    return 0;
  elsif pg_snapshot_xmin(pg_current_snapshot()) < p_ends_before then
    return null;
  end if;
  select r.position, r.recount_from
  into v_from, v_recount
  from handoff.trail_readers as r
  where r.name = 'figures'
  for update skip locked;
  if not found then
    return null;
  end if;
  v_upto := least(p_last_id, v_from + p_limit);
  if v_recount is null and v_upto <= v_from then
    return 0;
  end if;
  if v_recount is not null or exists (
    select from handoff.step_transitions as t where t.id > v_from and t.id <= v_upto and t.tally is null
  ) then
    return handoff_private.recount_figures(v_from, p_last_id, v_recount);
  end if;
  insert into handoff.figures as f (figure, key, cases)
  select c.figure, c.key, c.cases
  from handoff.figure_changes(v_from, v_upto) as c
  where c.cases <> 0
  on conflict (figure, key) do update set cases = f.cases + excluded.cases;
  update handoff.trail_readers as r set position = v_upto, moved_at = handoff.clock() where r.name = 'figures';
  return (v_upto - v_from)::integer;
end;
$$;

comment on function handoff.follow_figures(bigint, xid8, integer) is
  'Adds the next part of the audit trail to the figures, up to a mark of mark_trail, or counts them anew where that is '
  'due; returns how many ids it went on. Null: not yet, since somebody is still writing, or somebody else is at it.';
