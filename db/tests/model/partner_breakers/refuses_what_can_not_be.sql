begin;
select plan(4);
insert into handoff.partner_breakers (partner_slug, failures) values ('hsi', 1);
select is(test.refused_by('update handoff.partner_breakers set failures = -1'), '23514:partner_breakers_failures_positive', 'fewer than no failures');
select is(test.refused_by('update handoff.partner_breakers set partner_slug = ''unknown'''), '23503:partner_breakers_partner_slug_fkey', 'an unknown partner');
select is(test.refused_by('insert into handoff.partner_breakers values (''hsi'', 2)'), '23505:partner_breakers_pkey', 'two of one partner');
select is(test.refused_by('update handoff.partner_breakers set open_until = now()'), null, 'left alone for a while');
select * from finish();
rollback;
