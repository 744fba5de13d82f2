begin;
select plan(2);
select is(handoff.certificate_asked('no. 5t9j-abcd-efgh-jkmn-p.'), '5T9J-ABCD-EFGH-JKMN-P', 'as verify_certificate reads it');
select is(handoff.certificate_asked(null), null, 'nothing');
select * from finish();
rollback;
