-- Any time up to the limit, so that those who failed together do not come back together.
create or replace function handoff_private.back_off(p_attempts integer)
returns interval
language sql
volatile
as $$
  select make_interval(secs => random() * least(5 * power(2::double precision, least(p_attempts, 20)), 3600))
$$;

comment on function handoff_private.back_off(integer) is
  'How long to wait after so many attempts: at random up to 10 s, 20 s, 40 s and so on, an hour at most.';
