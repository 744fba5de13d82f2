create or replace function handoff_private.refuse_details(p_field text)
returns void
language plpgsql
stable
as $$
begin
  raise exception using
    errcode = 'TH400',
    message = 'not a person''s details',
    detail = jsonb_build_object('field', p_field)::text,
    hint = 'Give an e-mail address, a name of 1 to 200 characters that can be seen, and the role student or admin.';
end;
$$;

comment on function handoff_private.refuse_details(text) is 'TH400: this field of a person can not be right.';
