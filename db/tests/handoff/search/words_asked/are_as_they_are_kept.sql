begin;
select plan(10);
select is(array_to_string(handoff.words_asked(w.text), ' '), w.words, coalesce('«' || w.text || '»', 'nothing'))
from (values
  ('Lee, Ann', 'ann lee'), ('O’Hara', 'ohara'), ('Smith-Jones', 'jones smith'), ('John@Test.example', 'john@test.example'),
  ('(Ann) %_', 'ann'), ('Łukasz  ŁUKASZ', 'lukasz'), ('李 明', '明 李'), (' ', ''), (null, '')
) as w (text, words);
select is(cardinality(handoff.words_asked('a b c d e f g h i j')), 8, 'eight at most');
select * from finish();
rollback;
