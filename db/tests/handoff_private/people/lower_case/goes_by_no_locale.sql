begin;
select plan(6);

select is(handoff_private.lower_case(t.given), t.lower, t.given)
from (values
  ('I AM', 'i am'), ('ÉMILE', 'émile'), ('ΣΟΦΟΣ ΣΑΣ.Σ', 'σοφος σας.σ'), ('ŁÓDŹ', 'łódź'), ('ПЁТР', 'пётр'), ('ﬁ ß 王', 'ﬁ ß 王')
) as t (given, lower);

select * from finish();
rollback;
