-- The dashboard's figures at constant cost: what is counted up to a place in the audit trail, and what its later rows change.

alter table handoff.step_transitions add column tally text;
comment on column handoff.step_transitions.tally is
  'What the row changes in the figures, see handoff.figure_changes: words such as hsi:iC, of a partner or a program. Null: of before the figures.';

create table handoff.figures (
  figure text collate "C" not null,
  key    text collate "C" not null,
  cases  bigint not null,
  primary key (figure, key)
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.01);
comment on table handoff.figures is
  'How many there were of each when the audit trail had come to where its reader "figures" is; what is not here is none.';
comment on column handoff.figures.figure is
  'A status of steps, by partner; enrollments and enrollments_completed, by program; advanced, by quarter of an hour; cases and successes of a rate.';
comment on column handoff.figures.key is 'The slug of the partner or the program; the beginning of the quarter in UTC, as 2027-01-04T12:15; empty for a rate.';

alter table handoff.trail_readers add column recount_from bigint;
comment on column handoff.trail_readers.recount_from is
  'Of figures: when the trail is decided up to here, all is counted anew. Null: what was counted goes on.';
-- squawk-ignore constraint-missing-not-valid
alter table handoff.trail_readers add constraint trail_readers_recounts_figures check (recount_from is null or name = 'figures');

-- Figures begin with the first row ever. Where there are rows, the worker counts them.
insert into handoff.trail_readers (name, began, position, moved_at, seen_at, recount_from)
select 'figures', 0, 0, now(), now(), case when s.is_called then s.last_value end
from handoff.step_transitions_id_seq as s;

-- What is not plain at a glance, by the conditions of handoff.stored_oddities.
-- squawk-ignore require-concurrent-index-creation
create index profiles_odd_address on handoff.profiles (id)
  where email !~ $re$^[a-z0-9]+([._+-][a-z0-9]+)*@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.(?!$)|$))+\Z$re$
    and merged_into is null and erased_at is null;
-- squawk-ignore require-concurrent-index-creation
create index profiles_odd_name on handoff.profiles (id)
  where full_name ~
      $re$^$|^ | $|[^ -~\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0400-\u0481\u048a-\u04ff\u4e00-\u9fff\uac00-\ud7a3]$re$
    and merged_into is null and erased_at is null;
-- squawk-ignore require-concurrent-index-creation
create index partner_accounts_odd on handoff.partner_accounts (partner_slug, external_student_id)
  where external_student_id !~ '^[!-~]([ -~]*[!-~])?$';

-- They have an argument more; the deploy makes what there is.
-- squawk-ignore ban-drop-function
drop function if exists handoff.partner_pipeline();
-- squawk-ignore ban-drop-function
drop function if exists handoff.program_rates();
-- squawk-ignore ban-drop-function
drop function if exists handoff.automation_rates();
-- squawk-ignore ban-drop-function
drop function if exists handoff.auto_advanced_today();
