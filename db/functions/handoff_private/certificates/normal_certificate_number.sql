-- People read numbers aloud, type them from paper and paste them: O and 0, I and 1, L and 1 are the same. Dashes,
-- spaces and signs that show nothing do not matter, nor what stands around it: a web address, brackets, a comma, the
-- words before it where 17 signs follow them. NFKC makes full-width signs plain.
create or replace function handoff_private.normal_certificate_number(p_number text)
returns text
language sql
immutable
as $$
  select regexp_replace(translate(upper(n.signs collate "C") collate "default", 'OIL', '011'), '(.{4})(?=.)', $re$\1-$re$, 'g')
  from (
    select regexp_replace(
      regexp_replace(
        regexp_replace(
          regexp_replace(
            normalize(left(p_number, 500), NFKC),
            $re$^.*[a-z]+://[^?#\s]*/verify(?:/|\?(?:[^#\s]*&)?number=)([^/?#&\s]*).*\Z$re$, $re$\1$re$, 'i'
          ),
          $re$%20|[-+\u00ad\u058a\u05be\u1400\u1806\u2010-\u2015\u2043\u2212\u2e17\u2e1a\u2e3a\u2e3b\u2e40\u2e5d$re$
          || $re$\u301c\u3030\u30a0\u30fc\U00010ead\t-\r \u0085\u00a0\u034f\u061c\u1680\u180b-\u180e\u2000-\u200f\u2028-\u202f$re$
          || $re$\u205f-\u206f\u3000\ufe00-\ufe0f\ufeff]$re$,
          '', 'g'
        ),
        $re$^[][(){}<>"'`*#,;:.!\u00ab\u00bb\u2018-\u201f\u2039\u203a\u3001\u3002\u3008-\u3011]+$re$
        || $re$|[][(){}<>"'`*#,;:.!\u00ab\u00bb\u2018-\u201f\u2039\u203a\u3001\u3002\u3008-\u3011]+\Z$re$,
        '', 'g'
      ),
      '^(?:(?:certificate|number|cert|no|nr)[.:#]*)+([0-9a-z]{17})$', $re$\1$re$, 'i'
    ) as signs
  ) as n
$$;

comment on function handoff_private.normal_certificate_number(text) is
  'A number as typed or pasted, in the form in which it is stored.';
