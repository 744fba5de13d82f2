begin;
select plan(5);
select is(test.refused_by('insert into handoff.trail_readers values (''mine'', 0, 0, now(), now())'), '23514:trail_readers_name_known', 'an unknown reader');
select is(test.refused_by('insert into handoff.trail_readers values (''messages'', 0, 0, now(), now())'), '23505:trail_readers_pkey', 'a second of one name');
select is(test.refused_by('update handoff.trail_readers set position = began - 1'), '23514:trail_readers_goes_on', 'one that goes back before its beginning');
select is(test.refused_by('update handoff.trail_readers set began = -1'), '23514:trail_readers_goes_on', 'a beginning before the first');
select is(test.refused_by('update handoff.trail_readers set recount_from = 0 where name = ''messages'''), '23514:trail_readers_recounts_figures', 'messages that are made anew');
select * from finish();
rollback;
