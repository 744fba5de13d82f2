begin;
select plan(6);
insert into handoff.completion_days values ('2026-03-02', 'hsi', null, 2, 1);
create temporary table given as select test.admin() as ada;
select is(test.refused_by('insert into handoff.completion_days values (''2026-03-02'', ''hsi'', null, 1, 0)'), '23505:completion_days_once', 'two counts of one');
select is(test.refused_by('insert into handoff.completion_days select ''2026-03-02'', ''hsi'', ada, 1, 0 from given'), null, 'one of a person beside it');
select is(test.refused_by('update handoff.completion_days set ' || c.change), c.by, c.change)
from (values
  ('completions = 0, too_soon = 0', '23514:completion_days_counts_hold'), ('too_soon = -1', '23514:completion_days_counts_hold'),
  ('too_soon = 3', '23514:completion_days_counts_hold'), ('too_soon = 2', null)
) as c (change, by);
select * from finish();
rollback;
