begin;
select plan(4);
create function pg_temp.add(p_values text) returns text language sql as $$
  select test.refused_by('insert into handoff.mail_preferences (profile_id, kind, stopped_at) values (' || p_values || ')')
$$;
select is(pg_temp.add('test.student(), ''sign_in_link'', now()'), '23514:mail_preferences_kind_known', 'a mail that comes always');
select is(pg_temp.add('gen_random_uuid(), ''digest'', now()'), '23503:mail_preferences_profile_id_fkey', 'nobody');
select is(pg_temp.add('test.student(), ''digest'', now()'), null, 'a digest');
insert into handoff.mail_preferences (profile_id, kind, stopped_at) values (test.student(), 'digest', now());
select is(pg_temp.add('test.student(), ''digest'', now()'), '23505:mail_preferences_pkey', 'twice');
select * from finish();
rollback;
