create or replace function handoff_private.mail_of_change(p_from text, p_to text)
returns text
language sql
immutable
as $$
  select case
    when p_from is null and p_to in ('pending', 'active') then 'enrolled'
    when p_from = 'pending' and p_to = 'active' then 'approved'
    when p_from = 'withdrawn' then 'taken_back'
    when p_from = 'on_hold' and p_to = 'active' then 'resumed'
    when p_to = 'on_hold' then 'on_hold'
    when p_to = 'withdrawn' then 'withdrawn'
    when p_to = 'completed' then 'certificate_issued'
  end
$$;

comment on function handoff_private.mail_of_change(text, text) is
  'The kind of mail in which a student is told that an enrollment has another status; null: in none.';
