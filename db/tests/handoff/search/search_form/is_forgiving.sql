begin;
select plan(11);

select is(handoff.search_form(t.given), t.form, t.given)
from (values
  ('José', 'jose'), ('Jose' || chr(769), 'jose'), ('Łukasz', 'lukasz'), ('D’Angelo', 'd''angelo'), ('Ann  Lee', 'ann lee'),
  ('Ann' || chr(160) || 'Lee', 'ann lee'), (' Lee, Ann ', 'lee ann'), ('ŁUKASZ', 'lukasz'), ('STRAẞE', 'strasse'), ('ΣΊΣΥΦΟΣ', 'σισυφοσ'),
  ('An' || chr(8203) || 'n Иванова', 'ann иванова')
) as t (given, form);

select * from finish();
rollback;
