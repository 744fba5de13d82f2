begin;
select plan(2);

-- What stands before two characters comes down to one of 37 sums, and the check character names it; so these are all.
create temporary table beginnings as
  select distinct on (handoff_private.check_character(t.text)) t.text
  from (
    select a.one || b.two as text
    from regexp_split_to_table('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', '') as a (one)
    cross join regexp_split_to_table('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', '') as b (two)
  ) as t;
select is(count(*), 37::bigint, 'every sum is reached') from beginnings;
select is_empty(
  $$select b.text, x.one, y.two
    from beginnings as b
    cross join regexp_split_to_table('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', '') as x (one)
    cross join regexp_split_to_table('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', '') as y (two)
    where x.one < y.two
      and handoff_private.check_character(b.text || x.one || y.two) = handoff_private.check_character(b.text || y.two || x.one)$$,
  'no two neighbours can be swapped unnoticed'
);

select * from finish();
rollback;
