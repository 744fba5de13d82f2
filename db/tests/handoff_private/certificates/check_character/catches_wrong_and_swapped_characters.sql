begin;
select plan(7);

select is(handoff_private.check_character('G123498654321'), 'H', 'ISO 7064 MOD 37-2, by a blood donation number of ISBT 128');
select is(handoff_private.check_character(''), '1', 'of nothing');
select is(handoff_private.check_character(null), null, 'null is null');

create temporary table drawn as
  select replace(handoff_private.new_certificate_number(), '-', '') as digits from generate_series(1, 20);
create temporary table wrong as
  select overlay(d.digits placing a.wrong from p.place for 1) as digits
  from drawn as d
  cross join generate_series(1, 17) as p (place)
  cross join regexp_split_to_table('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', '') as a (wrong)
  where a.wrong <> substr(d.digits, p.place, 1);
create temporary table swapped as
  select left(d.digits, p.place - 1) || substr(d.digits, p.place + 1, 1) || substr(d.digits, p.place, 1) || substr(d.digits, p.place + 2) as digits
  from drawn as d
  cross join generate_series(1, 16) as p (place)
  where substr(d.digits, p.place, 1) <> substr(d.digits, p.place + 1, 1);

select is(count(*), 20 * 17 * 35::bigint, 'all wrong characters are looked at') from wrong;
select is_empty(
  'select digits from wrong where handoff_private.check_character(left(digits, 16)) = right(digits, 1)', 'catches every single wrong character'
);
select cmp_ok(count(*), '>', 250::bigint, 'all swaps are looked at') from swapped;
select is_empty(
  'select digits from swapped where handoff_private.check_character(left(digits, 16)) = right(digits, 1)', 'catches every swap of neighbours'
);

select * from finish();
rollback;
