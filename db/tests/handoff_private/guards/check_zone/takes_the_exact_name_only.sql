begin;
select plan(10);

select throws_ok(
  format('update handoff.school set time_zone = %L', z.name), 'TH400', 'not an exact time zone', z.name || ' is not written so'
) from (values ('America/new_york'), ('Europe/berlin'), ('Pacific/kiritimati'), ('AMERICA/New_York')) as z (name);
create function pg_temp.detail_of(p_zone text) returns jsonb language plpgsql as $$
declare
  v_detail text;
begin
  update handoff.school set time_zone = p_zone;
exception
  when sqlstate 'TH400' then
    get stacked diagnostics v_detail = pg_exception_detail;
    return v_detail;
end;
$$;
select is(pg_temp.detail_of('America/new_york') ->> 'exact', 'America/New_York', 'DETAIL says how it is written');
select lives_ok(format('update handoff.school set time_zone = %L', z.name), z.name)
from (values ('America/New_York'), ('Pacific/Kiritimati'), ('UTC')) as z (name);
delete from handoff.school;
select throws_ok('insert into handoff.school (time_zone) values (''Europe/berlin'')', 'TH400', null, 'nor is it taken in a new row');
select lives_ok('insert into handoff.school default values', 'a new row is of UTC');

select * from finish();
rollback;
