begin;
select plan(1);

create function pg_temp.detail(p_sql text) returns jsonb language plpgsql as $$
declare
  v_detail text;
begin
  execute p_sql;
  return null;
exception
  when sqlstate 'TH404' then
    get stacked diagnostics v_detail = pg_exception_detail;
    return v_detail;
end;
$$;
select is(
  pg_temp.detail($$select handoff.mark_step_complete('00000000-0000-4000-8000-000000000000')$$),
  '{"step_id": "00000000-0000-4000-8000-000000000000"}', 'DETAIL names the step'
);

select * from finish();
rollback;
