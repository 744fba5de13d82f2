begin;
select plan(7);

create temporary table given as
select test.student() as john, test.admin() as ada, test.admin('gone@test.example') as gone, test.admin('twin@test.example') as twin;
select handoff.disable_profile(gone, 'left'), handoff.merge_profiles(twin, ada, 'the same person') from given;
grant select on given to public;

select is(handoff.is_admin(), true, 'without claims it is a DBA or a command');
select test.as_admin(ada) from given;
select is(handoff.is_admin(), true, 'an admin');
select test.as_admin(twin) from given;
select is(handoff.is_admin(), true, 'who was merged into an admin is that admin');
select test.as_admin(john) from given;
select is(handoff.is_admin(), false, 'a student is none, whatever the role');
select test.as_admin(gone) from given;
select is(handoff.is_admin(), false, 'nor is who is disabled');
select set_config('request.jwt.claims', '{}', true);
select is(handoff.is_admin(), false, 'nor are empty claims');
select set_config('request.jwt.claims', 'not json', true);
select throws_ok('select handoff.is_admin()', '22P02', null, 'claims that can not be read are an error');

select * from finish();
rollback;
