begin;
select plan(7);

create role test_stranger;
grant usage on schema handoff, handoff_private to test_stranger;

-- Each role calls each function, with nulls; what it did is undone. A plain null would spare a strict function the call.
create temporary table calling as
select f.oid::regproc::text as function_name, f.pronamespace::regnamespace::text as schema_name, r.name as role_name,
  test.answer(r.name, format('select %s(%s)', f.oid::regproc, (
    select string_agg(format('(select null::%s)', format_type(a.type_oid, null)), ', ' order by a.place)
    from unnest(f.proargtypes::oid[]) with ordinality as a (type_oid, place)
  ))) is distinct from '42501' as may
from pg_proc as f
cross join (
  select w.name from handoff_ops.roles as w where w.name <> 'handoff_owner' and not w.is_login
  union all
  select 'test_stranger'
) as r (name)
where f.pronamespace::regnamespace::text like 'handoff%' and f.prolang <> 12 and f.prorettype <> 'trigger'::regtype;

select is_empty(
  $$select * from calling where may and role_name = 'test_stranger'$$,
  'PUBLIC can execute nothing, wherever it may look'
);
select is_empty($$select * from calling where may and schema_name <> 'handoff'$$, 'no role can execute a private function');
select results_eq(
  $$select function_name from calling where may and role_name = 'handoff_webhook' order by 1$$, array['handoff.receive_partner_event', 'handoff.refused_field'],
  'handoff_webhook may execute receive_partner_event, and ask why it was rejected, and nothing else'
);
select results_eq(
  $$select function_name from calling where may and role_name = 'handoff_metrics' order by 1$$, array['handoff.metrics'],
  'handoff_metrics may ask for the figures, and nothing else'
);

-- The roles of docs/reference/functions.md, for the functions that outsiders call.
create temporary table promised (function_name text, role_name text);
insert into promised
select 'handoff.' || f.name, r.name
from (values
  (array['get_current_step', 'is_enrollment_complete'], array['handoff_student', 'handoff_admin']),
  (
    array[
      'create_profile', 'enroll_student', 'link_partner_account', 'replay_partner_event', 'assign_partner_event',
      'approve_enrollment', 'hold_enrollment', 'resume_enrollment', 'withdraw_enrollment', 'skip_step', 'fail_step',
      'reopen_step', 'receive_partner_event', 'set_event_aside', 'unlink_partner_account'
    ],
    array['handoff_admin']
  ),
  (array['receive_partner_event'], array['handoff_webhook']),
  (
    array[
      'enroll_student', 'generate_enrollment_steps', 'advance_to_next_step', 'mark_step_complete',
      'receive_partner_event', 'replay_partner_event'
    ],
    array['handoff_worker']
  )
) as p (functions, roles)
cross join unnest(p.functions) as f (name)
cross join unnest(p.roles) as r (name);

select is_empty(
  $$select * from promised except select function_name, role_name from calling where may$$, 'each role may execute what the reference promises'
);
select is_empty(
  $$select c.function_name, c.role_name from calling as c
    where c.may and c.function_name in (select p.function_name from promised as p)
    except select * from promised$$,
  'and of these functions nothing else'
);
select is_empty(
  $$select * from calling where may and role_name = 'handoff_public' and function_name in (select p.function_name from promised as p)$$,
  'handoff_public: none of them'
);

select * from finish();
rollback;
