begin;
select plan(4);

select test.student('john@test.example');
select is(
  test.refused_by(format('select handoff.request_sign_in(%L, %L)', 'john@test.example', decode(repeat('00', s.bytes), 'hex'))),
  '23514:sign_in_links_hash_size', s.bytes || ' bytes are no SHA-256'
) from (values (0), (31), (33)) as s (bytes);
select throws_ok($$select handoff.request_sign_in('john@test.example', null)$$, '23502', null, 'no digest');

select * from finish();
rollback;
