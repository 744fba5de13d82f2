begin;
select plan(4);

select handoff.create_profile('Émile@école.example', 'Émile');
select is(handoff.begin_sign_in('  e' || chr(769) || 'MILE@ÉCOLE.example ', sha256('token')), 'émile@école.example', 'as it is stored, not as it was typed');
select is(handoff.begin_sign_in('emile@ecole.example', sha256('other')), null, 'a look-alike is nobody');
select is(handoff.begin_sign_in(null, sha256('other')), null, 'nor is nothing');
select is((select count(*) from handoff.sign_in_links), 1::bigint, 'one link');

select * from finish();
rollback;
