begin;
select plan(6);

create temporary table given as select test.admin() as ada;
grant select on given to public;
create function pg_temp.refused_to(p_role text) returns text language plpgsql as $$
begin
  perform test.act(p_role, g.ada) from given as g;
  perform handoff_private.make_sign_in_link('ada@test.example', sha256('token'), 'x');
  return null;
exception
  when insufficient_privilege then
    return sqlstate;
end
$$;

select is(pg_temp.refused_to(r.name), '42501', r.name || ' makes no link')
from (
  values ('handoff_admin'), ('handoff_student'), ('handoff_public'), ('handoff_webhook'), ('handoff_worker')
) as r (name);
select is(pg_temp.refused_to('handoff_owner'), null, 'the owner does');

select * from finish();
rollback;
