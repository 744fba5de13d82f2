begin;
select plan(3);

create temporary table drawn as
  select handoff_private.new_certificate_number() as number from generate_series(1, 5);
create temporary table typed as
  select overlay(d.number placing a.wrong from p.place for 1) as number
  from drawn as d
  cross join generate_series(1, 21) as p (place)
  cross join regexp_split_to_table('0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', '') as a (wrong)
  where substr(d.number, p.place, 1) <> '-' and translate(a.wrong, 'OIL', '011') <> substr(d.number, p.place, 1)
  union all
  select regexp_replace(
    left(t.digits, p.place - 1) || substr(t.digits, p.place + 1, 1) || substr(t.digits, p.place, 1) || substr(t.digits, p.place + 2),
    '(.{4})(?=.)', '\1-', 'g'
  )
  from (select replace(d.number, '-', '') as digits from drawn as d) as t
  cross join generate_series(1, 16) as p (place)
  where substr(t.digits, p.place, 1) <> substr(t.digits, p.place + 1, 1);

select is((select v.state from handoff.verify_certificate(d.number) as v), 'unknown', 'as drawn they are right') from drawn as d limit 1;
select cmp_ok(count(*), '>', 5 * 17 * 32::bigint, 'wrong characters and swaps of neighbours') from typed;
select is_empty(
  'select t.number, v.state from typed as t, handoff.verify_certificate(t.number) as v where v.state <> ''mistyped''',
  'each of them is mistyped, whatever letter was typed'
);

select * from finish();
rollback;
