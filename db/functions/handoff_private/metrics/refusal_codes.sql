-- A monitor sees a counter rise only from a value that it has seen before, so each is told from the beginning.
create or replace function handoff_private.refusal_codes()
returns setof text
language sql
immutable
as $$
  select unnest(array[
    'missing_header', 'malformed_header', 'bad_signature', 'retired_secret', 'stale_timestamp', 'future_timestamp', 'too_large',
    'unsupported_type', 'unsupported_encoding'
  ])
$$;

comment on function handoff_private.refusal_codes() is 'For what the shell refuses a delivery.';
