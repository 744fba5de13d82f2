begin;
select plan(6);
create temporary table given as select test.student() as john, test.mailed(test.student()) as mail;
create function pg_temp.add(p_values text) returns text language sql as $$
  select test.refused_by('insert into handoff.mail_suppressions (address, profile_id, message_id, status, since) values (' || p_values || ')')
$$;
select is(pg_temp.add(format('''a@test.example'', %L, %L, %s, now()', john, mail, c.status)), c.by, c.what)
from given cross join (values
  ('''4.2.2''', '23514:mail_suppressions_status_is_final', 'what may still arrive'),
  ('''gone''', '23514:mail_suppressions_status_is_final', 'no status'),
  ('''5.1.1''', null, 'what does not work')
) as c (status, by, what);
select is(pg_temp.add(format('''a@test.example'', gen_random_uuid(), %L, ''5.1.1'', now()', mail)), '23503:mail_suppressions_profile_id_fkey', 'nobody''s') from given;
select is(pg_temp.add(format('''a@test.example'', %L, gen_random_uuid(), ''5.1.1'', now()', john)), '23503:mail_suppressions_message_id_fkey', 'no mail') from given;
insert into handoff.mail_suppressions (address, profile_id, message_id, status, since) select 'a@test.example', john, mail, '5.1.1', now() from given;
select is(pg_temp.add(format('''a@test.example'', %L, %L, ''5.1.1'', now()', john, mail)), '23505:mail_suppressions_pkey', 'an address twice') from given;
select * from finish();
rollback;
