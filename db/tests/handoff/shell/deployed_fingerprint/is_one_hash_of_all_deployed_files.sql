begin;
select plan(4);

create temporary table before as select handoff.deployed_fingerprint() as it;
select matches(it, '^[0-9a-f]{64}$', 'a SHA-256 in hex') from before;
update handoff_ops.deployed_files set applied_at = applied_at - interval '1 day';
select is(handoff.deployed_fingerprint(), it, 'the same whenever the files were applied') from before;
update handoff_ops.deployed_files set sha256 = encode(sha256('changed'), 'hex') where path = (select min(f.path) from handoff_ops.deployed_files as f);
select isnt(handoff.deployed_fingerprint(), it, 'another when a file has another hash') from before;
delete from handoff_ops.deployed_files;
select is(handoff.deployed_fingerprint(), null, 'null where nothing was deployed');

select * from finish();
rollback;
