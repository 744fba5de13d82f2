-- For everybody who holds a number: it can't be guessed, and tells no more than the paper does.
create or replace function handoff.verify_certificate(p_number text)
returns table (
  state text,
  number text,
  student_name text,
  program_name text,
  completed_at timestamptz,
  issued_at timestamptz
)
language sql
stable
security definer
set search_path = pg_catalog, pg_temp
as $$
  select
    case
      when c.number is not null then 'valid'
      when coalesce(n.digits !~ '^[0-9A-Z]{17}$', true)
        or handoff_private.check_character(left(n.digits, 16)) <> right(n.digits, 1) then 'mistyped'
      else 'unknown'
    end,
    n.number,
    c.student_name,
    c.program_name,
    c.completed_at,
    c.issued_at
  from (
    select t.number, replace(t.number, '-', '') as digits
    from (select handoff_private.normal_certificate_number(p_number) as number) as t
  ) as n
  left join handoff.certificates as c on c.number = n.number
$$;

comment on function handoff.verify_certificate(text) is
  'One row: valid with what the certificate says, mistyped when the check character is wrong, else unknown.';
