-- Two ids that look the same are the same, or one of them is refused: NFC, and no sign that can't be seen.
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
      and v_id !~ ('^\u00a0|\u00a0$|[\u0080-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f'
        || '\u2028-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb'
        || '\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]')
      then v_id
  end;
end;
$$;

comment on function handoff_private.stored_account(text) is
  'A partner''s id of a student as it is stored: NFC. Null for what can be none, or has an invisible sign in it.';
