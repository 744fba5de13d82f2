begin;
select plan(7);

create temporary table given as select test.student() as john, test.enroll() as johns, test.admin() as ada, test.student('jane@test.example') as jane;
grant select on given to public;
select handoff.link_partner_account('hsi', 'hsi-1', john) from given;
select test.send('hsi', 'course.completed', null, '{"student_id": "hsi-1", "note": "kept"}');
select handoff.correct_profile(john, null, 'John S. Student', 'misspelt') from given;
create temporary table told as select handoff.profile_data(john) as data from given;

-- A new table with a person in it joins here by itself.
select is_empty(
  $$select c.table_name::text
    from information_schema.columns as c
    join pg_catalog.pg_class as t on t.relname = c.table_name and t.relnamespace = 'handoff'::regnamespace and t.relkind = 'r'
    where c.table_schema = 'handoff' and c.column_name in ('student_id', 'profile_id', 'enrollment_id', 'actor_id', 'receipt')
    except
    select jsonb_object_keys(data) from told$$,
  'every table that knows people has its list'
);
select is(data #>> '{profiles,0,email}', 'john@test.example', 'the address') from told;
select is(data #>> '{partner_accounts,0,external_student_id}', 'hsi-1', 'the accounts') from told;
select ok(data #>> '{partner_events,0,body}' like '%kept%', 'what partners sent') from told;
select is(jsonb_path_query_first(data, '$.acts[*] ? (@.act == "corrected").reason') #>> '{}', 'misspelt', 'the reasons') from told;
select test.as_student(jane) from given;
select throws_ok('select handoff.profile_data(john) from given', 'TH404', null, 'of another person nothing');
select test.as_admin(jane) from given;
select throws_ok('select handoff.profile_data(john) from given', 'TH403', null, 'an admin''s role with a student''s claims is none');

select * from finish();
rollback;
