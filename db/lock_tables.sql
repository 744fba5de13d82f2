-- Policies and triggers need their tables for themselves, and a function gets other arguments when no event is half done. All
-- tables are taken at once, in the order in which an event comes to them, and before anything else: taken one by one, they
-- would end in a deadlock with an event that is about to write to the next. The deploy's own lock is a row of one table, which
-- is left out.
do $$
declare
  v_order constant text[] := array[
    'partner_events', 'partners', 'partner_event_types', 'partner_accounts', 'profiles', 'enrollments', 'enrollment_steps',
    'program_partners', 'step_transitions', 'programs', 'school', 'certificates', 'acts'
  ];
begin
  execute (
    select format(
      'lock table %s in access exclusive mode',
      string_agg(c.oid::regclass::text, ', ' order by array_position(v_order, c.relname::text), c.oid)
    )
    from pg_catalog.pg_class as c
    where c.relnamespace::regnamespace::text = any (array['handoff', 'handoff_ops']) and c.relkind = 'r'
      and c.oid <> 'handoff_ops.locks'::regclass
  );
end;
$$;
