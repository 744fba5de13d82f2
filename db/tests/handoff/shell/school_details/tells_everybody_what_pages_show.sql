begin;
select plan(4);

select test.act('handoff_public');
select results_eq(
  'select * from handoff.school_details()', $$values (null::text, 'UTC', null::bytea, 'a4')$$, 'nothing was set: as it was before'
);
select test.as_dba();
update handoff.school set name = 'Our School', time_zone = 'America/New_York', logo = '\xffd8ff00', paper = 'us-letter';
select test.act('handoff_public');
select results_eq(
  'select * from handoff.school_details()', $$values ('Our School', 'America/New_York', '\xffd8ff00'::bytea, 'us-letter')$$, 'one row'
);
select test.as_dba();
select is(handoff_private.school_zone(), 'America/New_York', 'its zone makes days');
delete from handoff.school;
select is(handoff_private.school_zone(), 'UTC', 'UTC where somebody deleted the row');

select * from finish();
rollback;
