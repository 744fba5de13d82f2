begin;
select plan(3);
create temporary table given as select test.admin() as ada, test.enroll() as johns;
grant select on given to public;
select is(test.send_mails(), 'enrolled', 'a mail');
select test.as_admin(ada) from given;
select results_eq(
  $$select d.kind, d.full_name, d.email, d.program_name, d.status, d.attempts, d.body, d.is_erased
    from handoff.find_mails() as f, handoff.mail_details(f.message_id) as d$$,
  $$values ('enrolled', 'John Student', 'john@test.example', 'Medical Assistant', 'sent', 1, 'written', false)$$,
  'what was written, to whom, and what became of it'
);
select is_empty('select from handoff.mail_details(gen_random_uuid())', 'nothing of what is none');
select test.as_dba();
select * from finish();
rollback;
