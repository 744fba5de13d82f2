begin;
select plan(5);

create temporary table given as
select test.student() as john, test.student('jon@test.example') as jon, test.student('jane@test.example') as jane, test.admin() as ada;
select handoff.merge_profiles(jon, john, 'entered twice'), handoff.erase_profile(jane, 'asked for it') from given;
select is(handoff.link_partner_account('hsi', 'h-1', jon), 0, 'who was merged') from given;
select is((select a.student_id from handoff.partner_accounts as a), john, 'gets the account as who stays') from given;
select throws_ok('select handoff.link_partner_account(''hsi'', ''h-2'', jane) from given', 'TH404', null, 'who was forgotten gets none');
select throws_ok('select handoff.link_partner_account(''hsi'', ''h-2'', ada) from given', 'TH404', null, 'an admin gets none');
select is((select count(*) from handoff.partner_accounts), 1::bigint, 'and none is left behind');

select * from finish();
rollback;
