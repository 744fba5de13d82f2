-- The caller holds: profile, enrollments.
create or replace function handoff_private.refuse_two_open(p_from uuid, p_into uuid)
returns void
language plpgsql
stable
as $$
declare
  v_id uuid;
begin
  select e.id
  into v_id
  from handoff.enrollments as e
  join handoff.enrollments as o on o.student_id = p_into and o.program_slug = e.program_slug
  where e.student_id = p_from
    and e.status in ('pending', 'active', 'on_hold') and o.status in ('pending', 'active', 'on_hold')
  order by e.id
  limit 1;
  if found then
    perform handoff_private.refuse_state('enrollment', v_id, 'open twice', 'Withdraw one of the two enrollments first.');
  end if;
end;
$$;

comment on function handoff_private.refuse_two_open(uuid, uuid) is
  'TH409 while both people have an open enrollment of one program.';
