-- Lock order: home.
create or replace function handoff_private.doubt_mails()
returns timestamptz
language sql
volatile
as $$ update handoff.home as h set doubts_before = handoff.clock() returning h.doubts_before $$;

comment on function handoff_private.doubt_mails() is
  'Mails about what was up to now are not sent by themselves any more: they may have been sent already by the database '
  'that this one was restored from. Returns up to when.';
