-- Lock order: reader.
-- One statement counts all that is there and takes off what the rows above the place have changed already, so what is
-- left is what those up to it made. Rows that don't say what they change have to be below; until then the page says how
-- old its figures are.
create or replace function handoff_private.recount_figures(p_from bigint, p_last_id bigint, p_recount_from bigint)
returns integer
language plpgsql
volatile
as $$
declare
  v_upto constant bigint := greatest(p_from, p_last_id);
begin
  if v_upto < p_recount_from or exists (
    select from handoff.step_transitions as t where t.id > v_upto and t.tally is null
  ) then
    return 0;
  end if;
  delete from handoff.figures;
  insert into handoff.figures (figure, key, cases)
  select f.figure, f.key, sum(f.cases)
  from (
    select c.figure, c.key, c.cases from handoff.count_figures() as c
    union all
    select c.figure, c.key, -c.cases from handoff.figure_changes(v_upto) as c where c.figure <> 'uncounted'
  ) as f
  group by f.figure, f.key
  having sum(f.cases) <> 0;
  update handoff.trail_readers as r
  set position = v_upto, moved_at = handoff.clock(), recount_from = null
  where r.name = 'figures';
  return greatest(1, v_upto - p_from)::integer;
end;
$$;

comment on function handoff_private.recount_figures(bigint, bigint, bigint) is
  'Counts the figures anew, as of a decided place in the audit trail; returns how many ids it went on, 1 at least. '
  '0: not yet, since rows above it have to be counted, too: a later mark reaches them.';
