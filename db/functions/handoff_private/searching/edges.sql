-- Spelled out: what a regular expression takes for a letter depends on the database's locale. What follows a letter and
-- a dot is a part of an address or of a longer id.
create or replace function handoff_private.edges(out gap text, out edge text, out beginning text)
returns record
language sql
immutable
as $$
  select '[^' || l.spaced || l.unspaced || ']', e.edge, '(?:^|(?![@_.+-])' || e.edge || '|(?:^|' || e.edge || ')[.+-])'
  from (
    select
      $re$a-z0-9\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u0588\u0591-\u05bd\u05d0-\u05f2\u0620-\u0669\u066e-\u06d3\u06d5-\u0963$re$
        || $re$\u0966-\u0dff\u1200-\u177f\u1800-\u1fff\u2c00-\u2dff\ua640-\uabff\ufb00-\ufdff\ufe70-\ufeff$re$
        || $re$\U00010000-\U0001efff$re$,
      $re$\u0e00-\u11ff\u1780-\u17ff\u3005-\u3007\u3040-\ua63f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff$re$
  ) as l (spaced, unspaced)
  cross join lateral (select '[^' || l.spaced || ']' as edge) as e
$$;

comment on function handoff_private.edges() is
  'For regular expressions on texts in comparable form: what stands between two words, what at the end of one (scripts '
  'without spaces have no ends), and what before the first sign of a name, an address or an id.';
