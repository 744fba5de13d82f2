-- Deny by default. Everything is taken from everybody first, since a grant that left these files would otherwise stay.
do $$
declare
  v_everybody constant text := 'public, ' || (
    select string_agg(quote_ident(r.name), ', ' order by r.place) from handoff_ops.roles as r where r.name <> 'handoff_owner'
  );
  v_ours      constant text := 'handoff, handoff_private, handoff_ops';
begin
  execute format('revoke all on schema %s from %s', v_ours, v_everybody);
  execute format('revoke all on all tables in schema %s from %s', v_ours, v_everybody);
  execute format('revoke all on all sequences in schema %s from %s', v_ours, v_everybody);
  execute format('revoke all on all routines in schema %s from %s', v_ours, v_everybody);
  execute format(
    'revoke all on type handoff.event_receipt, handoff_private.text_span, handoff_private.act, handoff_private.outcome, '
    'handoff_private.target from %s', v_everybody
  );
end;
$$;

grant usage on schema handoff to handoff_student, handoff_admin, handoff_public, handoff_webhook, handoff_worker;
