-- Two ids that look the same are the same, or one of them is refused: NFC, and no sign that can't be seen. Linking and
-- events ask here, so that what arrives can be linked.
create or replace function handoff_private.stored_account(p_external_student_id text)
returns text
language plpgsql
immutable
as $$
declare
  v_id constant text := normalize(p_external_student_id, NFC);
begin
  return case
    when handoff_private.is_name(to_jsonb(v_id), 255)
      and v_id !~ $re$[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0000-\U000e0fff]$re$
      then v_id
  end;
end;
$$;

comment on function handoff_private.stored_account(text) is
  'A partner''s id of a student as it is stored: NFC. Null for what can be none, or has an invisible sign in it.';
