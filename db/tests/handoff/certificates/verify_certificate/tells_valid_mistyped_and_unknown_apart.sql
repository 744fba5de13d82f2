begin;
select plan(12);

create temporary table given as select test.enrollment_in('completed') as enrollment_id;
create temporary table issued as select c.* from handoff.certificates as c join given using (enrollment_id);
create temporary table stranger as select handoff_private.new_certificate_number() as number;
grant select on issued, stranger to public;

select test.act('handoff_public');
select results_eq(
  'select v.* from issued as i, handoff.verify_certificate(i.number) as v',
  'select ''valid'', i.number, i.student_name, i.program_name, i.completed_at, i.issued_at, i.revoked_at, i.replaced_at,
     i.time_zone, i.school_name, i.school_address, i.signatory
   from issued as i',
  'valid, with what the certificate says'
);
select results_eq(
  'select to_jsonb(v) from stranger as s, handoff.verify_certificate(s.number) as v',
  'select to_jsonb(r)
   from (
     select
       ''unknown'' as state, s.number, null as student_name, null as program_name, null as completed_at, null as issued_at,
       null as revoked_at, null as replaced_at, null as time_zone, null as school_name, null as school_address,
       null as signatory
     from stranger as s
   ) as r',
  'a right number that was never issued is unknown, and tells nothing'
);
select results_eq(
  $$select v.state, v.student_name from issued as i,
      handoff.verify_certificate(left(i.number, -1) || case right(i.number, 1) when '0' then '1' else '0' end) as v$$,
  $$values ('mistyped', null::text)$$,
  'a wrong check character is mistyped'
);
select is((select v.state from handoff.verify_certificate(t.typed) as v), 'mistyped', coalesce(left(t.typed, 40), 'null') || ' is mistyped')
from (values
  (null), (''), ('-'), ('0000-0000-0000-0000'), ('0000-0000-0000-0000-00'), ('ÄÖÜ'), ('0000-0000-0000-000*-1'), (repeat('0', 10000)),
  ('''; drop table handoff.certificates; --')
) as t (typed);

select * from finish();
rollback;
