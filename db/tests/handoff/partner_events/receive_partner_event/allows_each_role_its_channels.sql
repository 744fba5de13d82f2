begin;
select plan(45);

create temporary table given as
  select test.student() as student, test.admin() as admin, test.enroll('cna') as enrollment_id;
grant select on given to public;
create temporary table asked (role text, claims text, channel text, code text);
insert into asked values
  ('handoff_webhook', null, 'webhook', null),
  ('handoff_webhook', null, 'csv', 'TH403'), ('handoff_webhook', null, 'evidence', 'TH403'), ('handoff_webhook', null, 'manual', 'TH403'),
  ('handoff_worker', null, 'csv', null),
  ('handoff_worker', null, 'webhook', 'TH403'), ('handoff_worker', null, 'evidence', 'TH403'), ('handoff_worker', null, 'manual', 'TH403'),
  ('handoff_admin', 'admin', 'csv', null), ('handoff_admin', 'admin', 'evidence', null), ('handoff_admin', 'admin', 'manual', null),
  ('handoff_admin', 'admin', 'webhook', 'TH403'),
  ('handoff_admin', 'student', 'csv', 'TH403'), ('handoff_admin', 'student', 'evidence', 'TH403'), ('handoff_admin', 'student', 'manual', 'TH403'),
  ('handoff_admin', 'student', 'webhook', 'TH403'),
  ('handoff_student', 'student', 'webhook', '42501'), ('handoff_student', 'student', 'csv', '42501'),
  ('handoff_student', 'student', 'evidence', '42501'), ('handoff_student', 'student', 'manual', '42501'),
  ('handoff_student', 'admin', 'manual', '42501'),
  ('handoff_public', null, 'webhook', '42501'), ('handoff_public', null, 'csv', '42501'), ('handoff_public', null, 'evidence', '42501'),
  ('handoff_public', null, 'manual', '42501'),
  ('handoff_owner', null, 'webhook', null), ('handoff_owner', null, 'csv', null), ('handoff_owner', null, 'evidence', null),
  ('handoff_owner', null, 'manual', null),
  ('none', null, 'webhook', null), ('none', null, 'csv', null), ('none', null, 'evidence', null), ('none', null, 'manual', null);
grant select on asked to public;

-- What the role gets: null when it may, else the SQLSTATE.
create function pg_temp.code_for(p_role text, p_claims text, p_channel text) returns text language plpgsql as $$
declare
  v_code text;
begin
  perform test.act(p_role, case p_claims when 'admin' then g.admin when 'student' then g.student end) from pg_temp.given as g;
  begin
    perform handoff.receive_partner_event('hsi', format('%s-%s-%s', p_role, p_claims, p_channel), '{', p_channel);
  exception
    when others then
      v_code := sqlstate;
  end;
  perform test.as_dba();
  return v_code;
end
$$;
select is(pg_temp.code_for(role, claims, channel), code, concat_ws(' ', role, 'as ' || claims, 'by', channel)) from asked;
select is(
  (select count(*) from handoff.partner_events), (select count(*) from asked where code is null), 'what was refused is not stored'
);
select is(
  (select count(*) from handoff.partner_events as e join asked on e.event_key = concat_ws('-', asked.role, coalesce(asked.claims, ''), asked.channel) and e.channel = asked.channel),
  (select count(*) from asked where code is null), 'the channel is stored'
);

-- A channel is checked before anything of the partner is told.
select test.act('handoff_webhook');
select throws_ok(
  $$select handoff.receive_partner_event('nobody', 'key', '{}', 'csv')$$,
  'TH403', null, 'an unknown partner by a channel of another role'
);
select throws_ok(
  $$select handoff.receive_partner_event('nobody', 'key', '{}', 'mail')$$, 'TH400', null, 'an unknown channel'
);
select is(
  (select r.reason from handoff.receive_partner_event('hsi', 'short', '{') as r),
  'bad_json', 'channel webhook is the default'
);
select is(
  (select r.reason from handoff.receive_partner_event('hsi', 'short', '{', p_channel => 'webhook') as r),
  'rejected:bad_json', 'by name, too'
);

-- The webhook's role does nothing else.
select throws_ok($$select * from handoff.partner_events$$, '42501', null, 'handoff_webhook can''t read the inbox');
select throws_ok($$select handoff.replay_partner_event(gen_random_uuid())$$, '42501', null, 'nor replay');
select throws_ok(
  $$select handoff.assign_partner_event(gen_random_uuid(), gen_random_uuid(), 'x')$$, '42501', null, 'nor assign'
);
select throws_ok($$select handoff.link_partner_account('hsi', 'h-1', gen_random_uuid())$$, '42501', null, 'nor link');
select test.as_dba();

-- Applied by any channel, the same happens.
select test.act('handoff_worker');
select is(
  test.send('hsi', 'course.completed', student, '{}', 'row-1', 'csv'),
  'accepted:completed', 'a row of a file completes the step'
) from given;
select test.as_admin(admin) from given;
select is(
  test.send('certiport', 'exam.completed', student, '{"passed": true}', 'paper-1', 'evidence'),
  'accepted:completed', 'a reviewed paper, too'
) from given;
select test.as_dba();

select * from finish();
rollback;
