create or replace function handoff_private.refuse_sender(p_partner_slug text, p_partner_status text)
returns void
language plpgsql
immutable
as $$
begin
  if p_partner_status is null then
    raise exception using
      errcode = 'TH404',
      message = 'unknown partner',
      detail = jsonb_build_object('partner', p_partner_slug)::text,
      hint = 'Give the slug of a partner.';
  elsif p_partner_status = 'retired' then
    raise exception using
      errcode = 'TH410',
      message = 'partner is retired',
      detail = jsonb_build_object('partner', p_partner_slug)::text,
      hint = 'Stop sending; nothing is stored.';
  end if;
end;
$$;

comment on function handoff_private.refuse_sender(text, text) is
  'TH404 for a partner that has no row, TH410 for a retired one.';
