create or replace function handoff_private.sent_within(p_kind text)
returns interval
language sql
immutable
as $$ select case p_kind when 'enroll_at_partner' then make_interval(days => 14) end $$;

comment on function handoff_private.sent_within(text) is
  'For how long a message of this kind is worth sending after what it tells of; then it is cancelled.';
