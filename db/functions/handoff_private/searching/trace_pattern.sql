-- An address is none within a longer one, and an account none within a longer id. An account of one to three signs says
-- nothing anywhere but where a body names its student.
create or replace function handoff_private.trace_pattern(p_addresses text[], p_accounts text[])
returns text
language sql
immutable
as $$
  select string_agg(
    distinct
    case when s.is_short then 'student_id' || e.edge || '+' else e.beginning end
    || regexp_replace(handoff_private.comparable(s.trace), $re$[^a-z0-9\u0080-\U0010ffff]$re$, $re$\\\&$re$, 'g')
    || '(?:$|(?![@_.+-])' || e.edge || '|[.+-](?:$|' || e.edge || '))',
    '|'
  )
  from handoff_private.edges() as e
  cross join lateral (
    select a.address, false from unnest(p_addresses) as a (address)
    union all
    select a.account, length(a.account) < 4 from unnest(p_accounts) as a (account)
  ) as s (trace, is_short)
$$;

comment on function handoff_private.trace_pattern(text[], text[]) is
  'A regular expression that finds these addresses and accounts in a text in comparable form; null for none.';
