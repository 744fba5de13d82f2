begin;
select plan(2);

-- As an earlier version took them, or another server's list of zones.
alter table handoff.school disable trigger check_zone, drop constraint school_time_zone_known;
update handoff.school set time_zone = 'America/new_york';
create temporary table mistyped as select test.enrollment_in('completed', 'cna') as id;
update handoff.school set time_zone = 'Mars/Base';
create temporary table none as select test.enrollment_in('completed', 'cpr-first-aid') as id;
update handoff.school set time_zone = 'Asia/Tokyo';

create function pg_temp.zone_anew(p_enrollment_id uuid) returns text language sql as $$
  select handoff.reissue_certificate(c.number, 'its days were wrong')
  from handoff.certificates as c
  where c.enrollment_id = p_enrollment_id and c.replaced_at is null;
  select c.time_zone from handoff.certificates as c where c.enrollment_id = p_enrollment_id and c.replaced_at is null
$$;
select is(pg_temp.zone_anew(id), 'America/New_York', 'the zone of the first is written as it is called') from mistyped;
select is(pg_temp.zone_anew(id), 'Asia/Tokyo', 'for one that there is not, the school''s of today makes the days') from none;

select * from finish();
rollback;
