-- Lock order: answer.
create or replace function handoff_private.forget_refusal(p_step_id uuid)
returns void
language plpgsql
volatile
as $$
begin
  delete from handoff.partner_answers as a
  where a.step_id = p_step_id and num_nonnulls(a.accepted_at, a.launch_url) = 0;
  update handoff.partner_answers as a set refused_at = null where a.step_id = p_step_id;
end;
$$;

comment on function handoff_private.forget_refusal(uuid) is
  'The partner is asked again, so that it refused counts no more; what it answered otherwise stays.';
