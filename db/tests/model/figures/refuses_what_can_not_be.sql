begin;
select plan(1);
insert into handoff.figures values ('pending', 'hsi', 1);
select is(test.refused_by($$insert into handoff.figures values ('pending', 'hsi', 2)$$), '23505:figures_pkey', 'one figure twice');
select * from finish();
rollback;
