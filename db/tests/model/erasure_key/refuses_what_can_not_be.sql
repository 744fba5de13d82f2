begin;
select plan(4);

select is((select count(*) from handoff.erasure_key), 1::bigint, 'there is one key');
select is(test.refused_by($$insert into handoff.erasure_key (key) values (sha256('x'))$$), '23505:erasure_key_pkey', 'and no second');
select is(
  test.refused_by($$insert into handoff.erasure_key (only_one, key) values (false, sha256('x'))$$), '23514:erasure_key_only_one', 'under no other name'
);
select is(test.refused_by($$update handoff.erasure_key set key = '\x00'$$), '23514:erasure_key_size', 'of 32 bytes');

select * from finish();
rollback;
