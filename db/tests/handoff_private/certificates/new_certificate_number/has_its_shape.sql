begin;
select plan(6);

create temporary table drawn as
  select handoff_private.new_certificate_number() as number from generate_series(1, 1000);

select is_empty(
  $$select number from drawn where number !~ '^([0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-HJKMNP-TV-Z]$'$$,
  'four groups of four and a check character, none of them I, L, O or U'
);
select is_empty(
  $$select number from drawn
    where right(number, 1) <> handoff_private.check_character(left(replace(number, '-', ''), 16))$$,
  'the check character is right'
);
select is(count(distinct number), 1000::bigint, 'no two are equal') from drawn;
select is(
  (select count(distinct substr(replace(d.number, '-', ''), g.place, 1)) from drawn as d),
  32::bigint, 'every character comes in place ' || g.place
) from (values (1), (8), (16)) as g (place);

select * from finish();
rollback;
