-- Lock order: account, profile, enrollments, event, reach.
-- Both people are locked in order of id. A certificate follows its enrollment by its foreign key. What the one did as
-- an admin stays signed with that id, which leads to the other.
create or replace function handoff.merge_profiles(p_from uuid, p_into uuid, p_reason text)
returns integer
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_moved integer;
  v_rows  integer;
begin
  perform handoff_private.require_admin();
  perform handoff_private.begin_act('merged', handoff_private.require_reason(p_reason));
  if exists (select from handoff.profiles as p where p.id = p_from and p.merged_into = p_into) then
    return 0;
  end if;
  perform from handoff.partner_accounts as a where a.student_id = p_from order by a.partner_slug, a.external_student_id
  for no key update;
  perform handoff_private.keep_an_admin(p_from);
  perform from handoff.profiles as p where p.id in (p_from, p_into) order by p.id for no key update;
  perform handoff_private.require_mergeable(handoff_private.lock_person(p_from), handoff_private.lock_person(p_into));
  perform from handoff.enrollments as e where e.student_id in (p_from, p_into) order by e.id for no key update;
  perform handoff_private.refuse_two_open(p_from, p_into);
  perform handoff_private.record_act(p_from, p_into);
  perform handoff_private.record_act(p_from, p_into, e.id)
  from handoff.enrollments as e
  where e.student_id = p_from
  order by e.id;
  update handoff.profiles as p
  set disabled_at = coalesce(p.disabled_at, handoff.clock()), merged_into = p_into
  where p.id = p_from or p.merged_into = p_from;
  update handoff.partner_accounts as a set student_id = p_into where a.student_id = p_from;
  get diagnostics v_moved = row_count;
  update handoff.partner_events as e set student_id = p_into where e.student_id = p_from;
  get diagnostics v_rows = row_count;
  v_moved := v_moved + v_rows + (select count(*)::integer from handoff.certificates as c where c.student_id = p_from);
  update handoff.enrollments as e set student_id = p_into where e.student_id = p_from;
  get diagnostics v_rows = row_count;
  perform handoff_private.merge_reach(p_from, p_into);
  return v_moved + v_rows;
end;
$$;

comment on function handoff.merge_profiles(uuid, uuid, text) is
  'Makes two profiles of one person one: all rows of the first are the second''s, its address and id lead there. '
  'Returns how many rows moved. TH400, TH403, TH404, TH409 both are in one program, another role, or the last admin.';
