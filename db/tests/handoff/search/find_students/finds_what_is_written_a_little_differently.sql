begin;
select plan(8);

select handoff.create_profile('1@test.example', 'José Ñúñez'), handoff.create_profile('2@test.example', 'Łukasz D''Angelo'),
  handoff.create_profile('3@test.example', 'Ann Lee');
select is((select string_agg(s.email, ' ') from handoff.find_students(f.asked) as s), f.found, f.asked)
from (values
  ('jose', '1@test.example'), ('nun' || chr(771) || 'ez', '1@test.example'), ('lukasz', '2@test.example'),
  ('d’angelo', '2@test.example'), ('dangelo', '2@test.example'), ('angelo', '2@test.example'), ('Lee, Ann', '3@test.example'), ('ann  lee', '3@test.example')
) as f (asked, found);

select * from finish();
rollback;
