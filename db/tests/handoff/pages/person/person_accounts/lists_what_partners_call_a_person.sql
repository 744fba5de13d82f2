begin;
select plan(1);
create temporary table given as select test.student('ann@test.example') as ann;
select handoff.link_partner_account('jri', 'J-1', ann), handoff.link_partner_account('hsi', 'H-1', ann) from given;
select handoff.link_partner_account('hsi', 'H-2', test.student('ben@test.example'));
select is((select string_agg(a.partner_slug || ' ' || a.account, ', ' order by a.account) from given as g cross join lateral handoff.person_accounts(g.ann) as a), 'hsi H-1, jri J-1', 'the person''s own');
select * from finish();
rollback;
