-- For everybody who holds a number: it can't be guessed, and tells no more than the paper does.
create or replace function handoff.verify_certificate(p_number text)
returns table (
  state text,
  number text,
  student_name text,
  program_name text,
  completed_at timestamptz,
  issued_at timestamptz,
  revoked_at timestamptz,
  replaced_at timestamptz,
  time_zone text,
  school_name text,
  school_address text,
  signatory text
)
language sql
stable
security definer
set search_path = pg_catalog, pg_temp
as $$
  select
    case
      when c.number is not null then handoff_private.certificate_state(c)
      when coalesce(n.digits !~ '^[0-9A-Z]{17}$', true)
        or handoff_private.check_character(left(n.digits, 16)) <> right(n.digits, 1) then 'mistyped'
      else 'unknown'
    end,
    n.number,
    c.student_name,
    c.program_name,
    c.completed_at,
    c.issued_at,
    c.revoked_at,
    c.replaced_at,
    c.time_zone,
    c.school_name,
    c.school_address,
    c.signatory
  from (
    select t.number, replace(t.number, '-', '') as digits
    from (select handoff_private.normal_certificate_number(p_number) as number) as t
  ) as n
  left join handoff.certificates as c on c.number = n.number
$$;

comment on function handoff.verify_certificate(text) is
  'One row: valid, revoked or replaced with what the certificate says, mistyped when the check character is wrong, else'
  ' unknown. After an erasure no name.';
