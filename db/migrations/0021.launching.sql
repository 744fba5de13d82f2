-- Where a student of a partner without an interface begins, in words and by a link with the student's own details; a
-- message that was given up can be sent again, and its body has an age.
-- Partners are few, and the outbox is small: both are scanned under the deploy's lock.
-- squawk-ignore-file constraint-missing-not-valid, require-concurrent-index-creation

alter table handoff.partners add column launch_url_template text;
alter table handoff.partners add column instructions text;
alter table handoff.partners add column registration_hint text;
-- The host is written out: no detail of a student can choose who gets it.
alter table handoff.partners add constraint partners_launch_url_template_shape check (
  launch_url_template ~ (
    '^https://[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?[/?]'
    || '([A-Za-z0-9._~:/?#@!$&''()*+,;=%-]|[{](account|course|email|name|reference)[}])*$'
  )
  and length(launch_url_template) <= 2000
);
alter table handoff.partners add constraint partners_instructions_shape check (
  length(instructions) <= 2000 and translate(instructions, E'\n', '') !~ '[[:cntrl:]]'
);
alter table handoff.partners add constraint partners_registration_hint_shape check (
  length(registration_hint) <= 2000 and translate(registration_hint, E'\n', '') !~ '[[:cntrl:]]'
);
comment on column handoff.partners.launch_url is 'Where a student signs in to train; where launch_url_template can''t be filled in, too.';
comment on column handoff.partners.launch_url_template is
  'Where one student begins: {account}, {course}, {email}, {name} and {reference} (the step''s id) are filled in. Where one of them is not known, launch_url is taken.';
comment on column handoff.partners.instructions is
  'What a student is told beside the link, a paragraph a line; null: nothing yet; empty: nothing, and the seeds leave it so.';
comment on column handoff.partners.registration_hint is
  'What a student does who has no account with the partner yet; null and empty as of instructions.';

create index outbox_bodies on handoff.outbox (settled_at)
  where body is not null and settled_at is not null;
comment on column handoff.outbox.body is
  'As it goes out, the same at each try; null before the first, after its student was forgotten, and when it is older than the school keeps it.';
comment on column handoff.school.done_bodies_days is
  'After how many days the raw body of an event that is done, and of a message that was sent or given up, is dropped; null: never.';

-- What is settled stays in the indexes until nobody can see it any more. A claim begins behind it.
create table handoff.partner_queues (
  partner_slug text primary key references handoff.partners on update cascade on delete cascade,
  due_from     timestamptz not null,
  leased_from  timestamptz,
  marked_at    timestamptz not null
) with (fillfactor = 50);
comment on table handoff.partner_queues is
  'Where in the outbox the messages of a partner begin that are not settled, as of some seconds ago: a claim looks no further back.';
comment on column handoff.partner_queues.due_from is 'No message that is not settled was due before.';
comment on column handoff.partner_queues.leased_from is 'No lease that runs ends before; null: none ran, so each began since marked_at.';

-- It tells what a student needs at the partner, in three columns more.
-- squawk-ignore ban-drop-function
drop function if exists handoff.student_steps();
