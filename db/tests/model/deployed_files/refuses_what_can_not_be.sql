begin;
select plan(3);

create function pg_temp.note(p_path text, p_sha256 text) returns text language sql as $$
  select test.refused_by(format('insert into handoff_ops.deployed_files (path, sha256) values (%L, %L)', p_path, p_sha256))
$$;
select is(pg_temp.note('functions/x.sql', repeat('0a', 32)), null, 'a file with its hash');
select is(
  pg_temp.note('functions/x.sql', 'yesterday'), '23514:deployed_files_sha256_check', 'a hash that is none'
);
select is(
  pg_temp.note((select min(f.path) from handoff_ops.deployed_files as f), repeat('0a', 32)), '23505:deployed_files_pkey', 'a file twice'
);

select * from finish();
rollback;
