begin;
select plan(3);

select test.student('john@test.example'), test.student('jane@test.example');
select handoff.request_sign_in(t.email, sha256(convert_to(t.token, 'UTF8')))
from (values ('john@test.example', 'first'), ('john@test.example', 'second'), ('jane@test.example', 'hers')) as t (email, token);
select isnt_empty($$select * from handoff.complete_sign_in(sha256('second'), sha256('session'))$$, 'one link signs in');
select is_empty($$select * from handoff.complete_sign_in(sha256('first'), sha256('thief'))$$, 'the others are used up');
select isnt_empty($$select * from handoff.complete_sign_in(sha256('hers'), sha256('her session'))$$, 'another person''s are not');

select * from finish();
rollback;
