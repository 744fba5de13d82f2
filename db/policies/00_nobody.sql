-- Deny by default. Everything is taken from everybody first, since a grant or a policy that left these files would
-- otherwise stay. What somebody gave to roles that are not ours is left, and named by seeds/CHECK_SCHEMA.sql; what one
-- of ours passed on goes with its right. The owner has all of what is its own.
do $$
declare
  v_everybody constant text := 'public, ' || (
    select string_agg(quote_ident(r.name), ', ' order by r.place) from handoff_ops.roles as r where r.name <> 'handoff_owner'
  );
  v_policy record;
begin
  execute format('revoke all on schema handoff, handoff_private, handoff_ops from %s cascade', v_everybody);
  execute (
    select format('revoke all on table %s from %s cascade', string_agg(r.name, ', '), v_everybody)
    from handoff_private.our_relations() as r
    where r.kind <> 'type' and r.owner = 'handoff_owner'::regrole
  );
  execute (
    select format('revoke all on routine %s from %s cascade', string_agg(f.oid::regprocedure::text, ', '), v_everybody)
    from handoff_private.our_functions() as f
    where f.proowner = 'handoff_owner'::regrole
  );
  execute (
    select format('revoke all on type %s from %s cascade', string_agg(t.name, ', '), v_everybody)
    from handoff_private.our_types() as t
    where t.owner = 'handoff_owner'::regrole
  );
  execute (
    select format('grant all on table %s to handoff_owner', string_agg(r.name, ', '))
    from handoff_private.our_relations() as r
    where r.kind <> 'type' and r.owner = 'handoff_owner'::regrole
  );
  execute (
    select format('grant all on routine %s to handoff_owner', string_agg(f.oid::regprocedure::text, ', '))
    from handoff_private.our_functions() as f
    where f.proowner = 'handoff_owner'::regrole
  );
  execute (
    select format('grant all on type %s to handoff_owner', string_agg(t.name, ', '))
    from handoff_private.our_types() as t
    where t.owner = 'handoff_owner'::regrole
  );
  -- The deploy writes its record with the owner's policies there, which bootstrap.sql makes.
  for v_policy in
    select p.polname as name, p.polrelid::regclass as table_name
    from handoff_private.our_relations() as r
    join pg_catalog.pg_policy as p on p.polrelid = r.relation
    where r.owner = 'handoff_owner'::regrole and not (starts_with(r.name, 'handoff_ops.') and p.polname = 'owner_all') and (
      p.polroles @> array[0::oid]
      or exists (select from handoff_ops.roles as o where o.name::regrole = any (p.polroles))
    )
  loop
    execute format('drop policy %I on %s', v_policy.name, v_policy.table_name);
  end loop;
end;
$$;

grant usage on schema handoff to
  handoff_student, handoff_admin, handoff_public, handoff_metrics, handoff_webhook, handoff_worker;
