-- Lock order: home.
-- pg_upgrade makes a new cluster, and keeps tables' oids and goes on with transactions' ids. A dump restores neither. A
-- standby that took over, or a recovery to a point in time, looks as it was: see doubt_mails.
create or replace function handoff.find_home()
returns text
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  v_known    handoff.home;
  v_system   constant bigint := (select c.system_identifier from pg_control_system() as c);
  v_oid      constant bigint := 'handoff.outbox'::regclass::oid::bigint;
  v_found    text := 'restored';
begin
  select h.* into v_known from handoff.home as h for update;
  if v_known.outbox_oid = v_oid and v_known.system_identifier = v_system then
    return 'known';
  elsif v_known.outbox_oid = v_oid and pg_current_xact_id() > v_known.seen_xid then
    v_found := 'upgraded';
  end if;
  update handoff.home as h set system_identifier = v_system, outbox_oid = v_oid, seen_xid = pg_current_xact_id();
  if v_found = 'restored' then
    perform handoff_private.doubt_mails();
  end if;
  return v_found;
end;
$$;

comment on function handoff.find_home() is
  'Whether this is the database that was known: known, upgraded by pg_upgrade, or restored from a dump. Then mails '
  'about what was before are in doubt.';
