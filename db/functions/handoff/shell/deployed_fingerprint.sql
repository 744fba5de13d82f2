create or replace function handoff.deployed_fingerprint()
returns text
language sql
stable
security definer
set search_path = pg_catalog, pg_temp
as $$
  select encode(
    sha256(convert_to(string_agg(f.path || ' ' || f.sha256, chr(10) order by f.path collate "C"), 'UTF8')), 'hex'
  )
  from handoff_ops.deployed_files as f
$$;

comment on function handoff.deployed_fingerprint() is
  'One hash of every file that was deployed; the shell compares it with its own files.';
