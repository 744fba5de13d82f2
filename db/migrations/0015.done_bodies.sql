-- The school can set an age for the raw bodies of what is done, too.

alter table handoff.school add column done_bodies_days integer;
-- squawk-ignore constraint-missing-not-valid
alter table handoff.school add constraint school_done_bodies_days_range check (done_bodies_days between 30 and 36500);
comment on column handoff.school.done_bodies_days is 'After how many days the raw body of an event that is done is dropped; null: never.';
