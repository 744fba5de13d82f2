-- Settings come back as '' and not as null once a transaction that set them has ended. Every name is qualified,
-- operators too (so no nullif), so that the planner can inline this into a policy whatever the caller's search_path
-- is.
create or replace function handoff.caller_id()
returns uuid
language sql
stable
as $$
  select (
    case when pg_catalog.current_setting('request.jwt.claims', true) operator(pg_catalog.<>) ''
      then pg_catalog.current_setting('request.jwt.claims', true)::pg_catalog.jsonb operator(pg_catalog.->>) 'sub'
    end
  )::pg_catalog.uuid
$$;

comment on function handoff.caller_id() is
  'The person in the claims of this transaction, or null. Claims that can not be read are an error, not nobody.';
