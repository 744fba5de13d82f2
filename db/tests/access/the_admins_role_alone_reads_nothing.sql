begin;
select plan(22);

create temporary table given as
select
  test.student('john@test.example') as john, test.admin('ada@test.example') as ada, test.admin('gone@test.example') as gone,
  test.enroll('cna', 'john@test.example') as johns;
select handoff.disable_profile(gone, 'left') from given;
grant select on given to public;
create function pg_temp.rows_read() returns text language plpgsql as $$
declare
  v_table text;
  v_count bigint;
  v_read  text := '';
begin
  for v_table in
    select p.polrelid::regclass from pg_policy as p where p.polname = 'admin_reads' order by p.polrelid::regclass::text
  loop
    execute format('select count(*) from %s', v_table) into v_count;
    v_read := v_read || case when v_count > 0 then ' ' || v_table else '' end;
  end loop;
  return btrim(v_read);
end;
$$;

select test.act('handoff_admin');
select isnt(pg_temp.rows_read(), '', 'without any claims a DBA reads');
select is(handoff.is_admin(), true, 'and counts as an admin');
select test.as_admin(ada) from given;
select ok(pg_temp.rows_read() ~ 'handoff.enrollments.*handoff.profiles.*handoff.school', 'an admin''s claims read');
select is(handoff.is_admin(), true, 'and are an admin''s');
select isnt_empty(format('select * from handoff.%I()', f.name), 'what the pages show: ' || f.name)
from (values ('partner_pipeline'), ('program_rates'), ('partner_onboarding')) as f (name);

select test.as_admin(john) from given;
select is(pg_temp.rows_read(), '', 'a student''s claims in the admin''s role read nothing, not even the own rows');
select is(handoff.is_admin(), false, 'and are no admin''s');
select is_empty(format('select * from handoff.%I()', f.name), 'nor what the pages show: ' || f.name)
from (values ('partner_pipeline'), ('program_rates'), ('partner_onboarding')) as f (name);
select is_empty('select f.* from handoff.find_students(''john'') as f', 'nor whom somebody looks for');
select test.as_admin(gone) from given;
select is(pg_temp.rows_read(), '', 'a disabled admin''s claims read nothing');

create function pg_temp.read_with(p_claims text) returns text language plpgsql as $$
begin
  perform set_config('request.jwt.claims', p_claims, true);
  return pg_temp.rows_read();
end;
$$;
select is(pg_temp.read_with(c.claims), '', 'empty claims read nothing: ' || c.claims)
from (values
  ('{}'), ('{"sub": null}'), ('[]'), ('"admin"'), ('null'), ('{"role": "admin"}'), (format('{"sub": "%s"}', gen_random_uuid()))
) as c (claims);
select throws_ok('select pg_temp.read_with(''not json'')', '22P02', null, 'claims that can not be read are an error');

select * from finish();
rollback;
