create or replace function handoff_private.namesakes_of(p_person handoff_private.forgotten)
returns uuid[]
language sql
stable
as $$
  select array(
    select p.id
    from handoff_private.name_pattern(p_person.names) as n (pattern)
    join handoff.profiles as p on handoff_private.comparable(p.full_name) ~ n.pattern
    where p.id <> all (p_person.ids) and p.erased_at is null
  )
$$;

comment on function handoff_private.namesakes_of(handoff_private.forgotten) is
  'The other people in whose names one of the person''s stands. Every profile is read.';
