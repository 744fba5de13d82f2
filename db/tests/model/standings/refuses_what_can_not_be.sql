begin;
select plan(8);
create temporary table given as select test.enroll('cna') as enrollment;
create function pg_temp.add(p_state text, p_step uuid, p_partner text) returns text language sql as $$
  select test.refused_by(format(
    'insert into handoff.standings values (%L, ''cna'', %L, %L, %L, now())', enrollment, p_state, p_step, p_partner
  ))
  from given
$$;
select is(pg_temp.add(state, step, partner), case when not is_right then '23514:standings_state_holds' end, concat_ws(' ', state, partner))
from (values
  ('in_progress', gen_random_uuid(), 'hsi', true), ('failed', gen_random_uuid(), 'hsi', true), ('in_progress', null, 'hsi', false),
  ('failed', gen_random_uuid(), null, false), ('no_steps', null, null, true), ('no_steps', null, 'hsi', false), ('completed', null, null, false)
) as c (state, step, partner, is_right);
insert into handoff.standings select enrollment, 'cna', 'no_steps', null, null, now() from given;
select is(pg_temp.add('no_steps', null, null), '23505:standings_pkey', 'two of one enrollment');
select * from finish();
rollback;
