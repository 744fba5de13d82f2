-- Each row of the trail says in `tally` what it changes, so nothing else is read, and few of these are different. A
-- word is a slug and its letters: of a status its first, small for one less and capital for one more; digits for the
-- rates; T where a step started by itself. An enrollment that begins or ends to be active has a word for each of its
-- open steps.
create or replace function handoff.figure_changes(p_from bigint, p_upto bigint default 9223372036854775807)
returns table (figure text, key text, cases bigint)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  with part as materialized (
    select t.tally, date_bin('15 minutes', t.occurred_at, 'epoch') as quarter, count(*) as rows
    from handoff.step_transitions as t
    where t.id > p_from and t.id <= p_upto
    group by 1, 2
  ),
  word as (
    select w.word, sum(k.rows) as rows
    from (select p.tally, sum(p.rows) as rows from part as p group by p.tally) as k
    cross join lateral string_to_table(k.tally, ' ') as w (word)
    group by w.word
  )
  select f.figure, case when f.has_key then split_part(w.word, ':', 1) else '' end, sum(f.change * w.rows)::bigint
  from word as w
  cross join lateral string_to_table(split_part(w.word, ':', 2), null) as l (letter)
  join (
    values
      ('P', 'pending', 1, true), ('p', 'pending', -1, true),
      ('I', 'in_progress', 1, true), ('i', 'in_progress', -1, true),
      ('C', 'completed', 1, true), ('c', 'completed', -1, true),
      ('F', 'failed', 1, true), ('f', 'failed', -1, true),
      ('S', 'skipped', 1, true), ('s', 'skipped', -1, true),
      ('E', 'enrollments', 1, true),
      ('D', 'enrollments_completed', 1, true), ('d', 'enrollments_completed', -1, true),
      ('1', 'steps_generated.cases', 1, false), ('2', 'steps_generated.successes', 1, false),
      ('3', 'first_steps_started.cases', 1, false), ('4', 'first_steps_started.successes', 1, false),
      ('5', 'transitions_without_a_person.cases', 1, false), ('6', 'transitions_without_a_person.successes', 1, false),
      ('7', 'completions_detected.cases', 1, false), ('8', 'completions_detected.successes', 1, false)
  ) as f (letter, figure, change, has_key) on f.letter = l.letter
  group by 1, 2
  union all
  select 'advanced', to_char(a.quarter at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI'), a.steps
  from (
    select p.quarter, sum(p.rows)::bigint as steps from part as p where strpos(p.tally, 'T') > 0 group by p.quarter
  ) as a
  union all
  select 'uncounted', '', sum(p.rows)::bigint
  from part as p
  where p.tally is null
  having count(*) > 0
$$;

comment on function handoff.figure_changes(bigint, bigint) is
  'What the rows of the audit trail above one id, up to another, change in the figures. uncounted: rows that do not '
  'say what they change.';
