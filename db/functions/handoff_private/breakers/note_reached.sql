-- Lock order: breaker.
create or replace function handoff_private.note_reached(p_partner_slug text, p_reached boolean)
returns void
language plpgsql
volatile
as $$
begin
  if p_reached then
    delete from handoff.partner_breakers as b where b.partner_slug = p_partner_slug;
    return;
  end if;
  insert into handoff.partner_breakers as b (partner_slug, failures, failing_since)
  values (p_partner_slug, 1, handoff.clock())
  on conflict (partner_slug) do update
  set
    failures = b.failures + 1,
    failing_since = coalesce(b.failing_since, excluded.failing_since),
    open_until = case
      when b.failures + 1 >= 5
        then handoff.clock() + make_interval(secs => least(30 * power(2, least(b.failures - 4, 10)), 600))
    end;
end;
$$;

comment on function handoff_private.note_reached(text, boolean) is
  'Whether a partner answered. After five failures in a row it is left alone for 30 s, then longer, ten minutes at '
  'most.';
