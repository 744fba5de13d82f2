-- Which database this is: one that was restored from a dump can't know what was sent after it.

create table handoff.home (
  only_one          boolean primary key default true,
  system_identifier bigint not null,
  outbox_oid        bigint not null,
  seen_xid          xid8 not null,
  doubts_before     timestamptz,
  constraint home_only_one check (only_one),
  constraint home_oid_positive check (outbox_oid > 0)
);
comment on table handoff.home is 'One row: the database as a deploy or a worker last found it.';
comment on column handoff.home.system_identifier is 'The cluster''s, another after a restore and after pg_upgrade.';
comment on column handoff.home.outbox_oid is 'The outbox''s, another after a restore from a dump.';
comment on column handoff.home.seen_xid is 'A transaction''s id; those of a cluster that a dump was restored into may be lower.';
comment on column handoff.home.doubts_before is
  'When the database was found to be restored: a mail about what was before may have been sent already, so it is not sent by itself; null: never.';
-- Nothing was sent from it yet that it does not know of.
insert into handoff.home (system_identifier, outbox_oid, seen_xid)
select c.system_identifier, 'handoff.outbox'::regclass::oid::bigint, pg_current_xact_id()
from pg_control_system() as c;
