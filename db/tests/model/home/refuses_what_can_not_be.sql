begin;
select plan(4);
select is(test.refused_by('insert into handoff.home select h.* from handoff.home as h'), '23505:home_pkey', 'a second row');
select is(
  test.refused_by('insert into handoff.home select false, 1, 1, ''1'', now()'), '23514:home_only_one', 'nor one beside it'
);
select is(test.refused_by('update handoff.home set outbox_oid = 0'), '23514:home_oid_positive', 'a table that is none');
select is((select count(*) from handoff.home), 1::bigint, 'one is there from the beginning');
select * from finish();
rollback;
