-- Lock order: message.
-- The caller holds: profile, enrollments.
-- What others are told of others in the same mail stays: it is written anew without the person, where it was not sent.
create or replace function handoff_private.erase_lines(p_person handoff_private.forgotten)
returns void
language plpgsql
volatile
as $$
declare
  v_known   constant text := handoff_private.person_pattern(p_person);
  v_message handoff.outbox;
begin
  for v_message in
    select o.*
    from handoff.outbox as o
    where o.kind in ('digest', 'alert', 'alert_webhook')
      and handoff_private.comparable(concat_ws(' ', o.facts, o.body)) ~ v_known
    order by o.message_id
  loop
    if v_message.status = 'sending' then
      perform handoff_private.cancel_message(v_message.message_id, 'somebody whom it names was forgotten');
    end if;
    update handoff.outbox as o
    set
      body = null,
      facts = jsonb_build_object('lines', coalesce((
        select jsonb_agg(l.line order by l.place)
        from jsonb_path_query(o.facts, '$.lines[*]') with ordinality as l (line, place)
        where handoff_private.comparable(l.line::text) !~ v_known
      ), '[]'))
    where o.message_id = v_message.message_id;
  end loop;
end;
$$;

comment on function handoff_private.erase_lines(handoff_private.forgotten) is
  'Takes a person out of what admins were mailed, or are going to be.';
