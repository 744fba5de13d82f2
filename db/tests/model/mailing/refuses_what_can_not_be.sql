begin;
select plan(5);
select is(test.refused_by('insert into handoff.mailing (began) values (0)'), '23505:mailing_pkey', 'a second row');
select is(test.refused_by('update handoff.mailing set is_the_mailing = false'), '23514:mailing_one_row', 'another row');
select is(test.refused_by('update handoff.mailing set failures = -1'), '23514:mailing_counts_positive', 'fewer than no failures');
select is(test.refused_by('update handoff.mailing set began = -1'), '23514:mailing_counts_positive', 'before the first id');
select is(test.refused_by('update handoff.mailing set open_until = now()'), null, 'left alone for a while');
select * from finish();
rollback;
