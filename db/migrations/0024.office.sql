-- What the office's pages look for: people by any word of name or address, what needs a person, and students, however
-- many there are.

create table handoff.search_words (
  word       text collate "C" not null,
  profile_id uuid not null references handoff.profiles (id) on delete cascade,
  primary key (word, profile_id),
  constraint search_words_word_length check (length(word) between 1 and 100)
);
comment on table handoff.search_words is
  'The words by which a person is found, without case, accents and apostrophes; the folded column of profiles, a row for each word, so that an index leads to its beginning. Kept by a trigger; index_people makes them anew.';
comment on column handoff.search_words.word is 'Compared by bytes, so that the beginning of a word is a range.';
create index search_words_profile on handoff.search_words (profile_id);

-- What needs a person is found kind by kind, oldest first, however much there is of anything else.
-- squawk-ignore require-concurrent-index-creation
create index enrollments_completed on handoff.enrollments (completed_at) where status = 'completed';
-- squawk-ignore require-concurrent-index-creation
create index alerts_kinds on handoff.alerts (kind, (case when about is null then '' else about end), severity desc, opened_at, id)
  where closed_at is null;
-- squawk-ignore require-concurrent-index-creation
create index alerts_stuck on handoff.alerts (partner_slug) where closed_at is null and kind = 'stuck_student';
-- squawk-ignore require-concurrent-index-creation
create index partner_events_open on handoff.partner_events (partner_slug, reason, received_at)
  where status not in ('received', 'accepted', 'ignored') and set_aside_at is null;

-- The list of students, the newest first; of those who wait or are on hold, which are few.
create index enrollments_newest on handoff.enrollments (enrolled_at desc, id desc);
create index enrollments_waiting on handoff.enrollments (status, enrolled_at desc, id desc) where status in ('pending', 'on_hold');

create type handoff_private.before_act as (trail_id bigint, messages uuid[], certificates text[]);
comment on type handoff_private.before_act is
  'What there was of a person before an act: the last id of the trail, messages, and certificates, each as number and as number:state.';
