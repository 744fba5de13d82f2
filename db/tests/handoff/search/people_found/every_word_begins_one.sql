begin;
select plan(14);
create temporary table given as
select test.admin() as ada, handoff.create_profile('ann.lee@school.example', 'Ann Lee-O''Hara') as ann, handoff.create_profile('b@school.example', 'Ben Annan') as ben;
grant select on given to public;
create function pg_temp.found(p_text text) returns text language sql as $$
  select coalesce(string_agg(p.full_name, ', ' order by p.full_name), '')
  from handoff.people_found(p_text) as f (id) join handoff.profiles as p on p.id = f.id
$$;
select test.as_admin(ada) from given;
select is(pg_temp.found(w.text), w.people, '«' || w.text || '»')
from (values
  ('ann', 'Ann Lee-O''Hara, Ben Annan'), ('le an', 'Ann Lee-O''Hara'), ('ee', ''), ('ohara', 'Ann Lee-O''Hara'), ('hara ann', 'Ann Lee-O''Hara'),
  ('b@school', 'Ben Annan'), ('ben ann b', 'Ben Annan'), ('school.example', 'Ann Lee-O''Hara, Ben Annan'), ('', '')
) as w (text, people);
select test.as_dba();
select handoff.correct_profile(ann, null, 'Anna Lee', 'married') from given;
select is(pg_temp.found('ohara'), '', 'a former name does not lead to a person');
select is(pg_temp.found('anna'), 'Anna Lee, Ben Annan', 'the new one does');
select handoff.merge_profiles(ann, ben, 'the same person') from given;
select is(pg_temp.found('anna'), 'Ben Annan', 'nor does one who was merged into another');
select handoff.erase_profile(ben, 'asked for it') from given;
select is(pg_temp.found('ann'), '', 'or forgotten');
select is_empty('select from handoff.search_words as w join given as g on w.profile_id in (g.ann, g.ben)', 'no word is left');
select * from finish();
rollback;
