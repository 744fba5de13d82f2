begin;
select plan(3);

-- Whoever reads the monitor is told of partners and numbers, and of nobody.
update handoff.partners set enroll_url = 'https://partner.example/' || slug;
create temporary table given as select test.student('zebulon@test.example') as zebulon;
select handoff.enroll_student(zebulon, 'medical-assistant') from given;
select test.follow_trail();
select test.begin_one();
select test.send('hsi', 'course.completed', p_more => '{"student_id": "zebulon-7", "name": "Zebulon"}', p_key => 'key-zebulon');
select handoff.count_refusals('hsi', 'bad_signature', 1);
create temporary table told as select m.name, m.type, m.help, m.labels, m.value from handoff.metrics() as m;
select cmp_ok((select count(distinct t.name) from told as t where t.value > 0), '>', 7::bigint, 'there are figures of all sorts');
select is_empty(
  $$select * from told as t, given as g where t::text ilike '%zebulon%' or position(g.zebulon::text in t::text) > 0$$,
  'no person is named'
);
select is_empty(
  $$select distinct l.key from told as t cross join jsonb_object_keys(t.labels) as l (key)
    except values ('partner'), ('status'), ('reason'), ('code'), ('kind'), ('reader'), ('severity')$$,
  'and these are all the labels'
);

select * from finish();
rollback;
