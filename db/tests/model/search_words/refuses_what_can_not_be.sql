begin;
select plan(5);
create function pg_temp.add(p_word text, p_person uuid) returns text language sql as $$
  select test.refused_by(format('insert into handoff.search_words (word, profile_id) values (%L, %L)', p_word, p_person))
$$;
select is(pg_temp.add('', test.student()), '23514:search_words_word_length', 'no word');
select is(pg_temp.add(repeat('a', 101), test.student()), '23514:search_words_word_length', 'a long one');
select is(pg_temp.add('zed', gen_random_uuid()), '23503:search_words_profile_id_fkey', 'of nobody');
select is(pg_temp.add('zed', test.student()), null, 'a word');
insert into handoff.search_words (word, profile_id) values ('zed', test.student());
select is(pg_temp.add('zed', test.student()), '23505:search_words_pkey', 'twice');
select * from finish();
rollback;
