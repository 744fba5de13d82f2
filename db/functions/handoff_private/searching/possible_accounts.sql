-- Whatever the body is: what stands in quotation marks, in XML, in a form, or between spaces. One to three signs say
-- nothing anywhere but where the body names its student.
create or replace function handoff_private.possible_accounts(p_body bytea)
returns text[]
language sql
immutable
as $$
  select array_agg(distinct normalize(p.piece, NFC))
  from (select handoff_private.text_of_body(p_body) as text) as b
  cross join lateral (
    select btrim(s.piece), 4
    from unnest(array['"', '[<>]', '[=&]', $re$[]\s",:;{}<>=&[]+$re$]) as d (by)
    cross join lateral regexp_split_to_table(b.text, d.by) as s (piece)
    union all
    select m.piece[1], 1
    from regexp_matches(b.text, $re$student_id["']?\s*[=:>]\s*["']?\s*([^]\s"'<>&,;{}[]+)$re$, 'g') as m (piece)
  ) as p (piece, least)
  where length(p.piece) between p.least and 255
$$;

comment on function handoff_private.possible_accounts(bytea) is
  'All that could be a partner''s id of a student in a raw body that nobody could attribute.';
