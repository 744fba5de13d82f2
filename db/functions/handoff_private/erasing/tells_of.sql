-- A name alone does not, where a namesake is meant: the student of the event, or whose address stands beside it. Where
-- the training has the same id as the account, only an address tells.
create or replace function handoff_private.tells_of(
  p_traces handoff_private.traces, p_text text, p_student_id uuid, p_item_ref text
)
returns boolean
language sql
immutable
as $$
  select p_text ~ case when p_item_ref = any (p_traces.accounts) then p_traces.addresses else p_traces.exact end
    or (p_text ~ p_traces.names
      and not coalesce(p_student_id = any (p_traces.namesakes), p_text ~ p_traces.namesakes_at, false))
$$;

comment on function handoff_private.tells_of(handoff_private.traces, text, uuid, text) is
  'Whether a text in comparable form, of which somebody else or nobody known is the student, tells of the person.';
