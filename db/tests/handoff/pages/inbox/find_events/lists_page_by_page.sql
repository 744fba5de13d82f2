begin;
select plan(10);

select test.set_clock('2026-03-02 12:00:00+00');
create temporary table given as select test.student() as john, test.enroll('cna') as enrollment_id;
-- One time for all of them: the order must be whole all the same.
select test.send(p.slug, 'course.completed', null, jsonb_build_object('student_id', 'a-' || g.number))
from generate_series(1, 20) as g (number), (values ('hsi'), ('milady')) as p (slug);
select test.deliver_raw('hsi', '{', 'r');
select test.send('hsi', 'course.completed', john, p_key => 'k') from given;
select test.send('hsi', 'course.completed', john, jsonb_build_object('x', g.number), 'k') from given, generate_series(1, 7) as g (number);

select is((select count(*)::integer from handoff.find_events(f.partner, f.status, f.reason)), f.events, f.what)
from (values
  (null, null, null, 48, 'all'), ('hsi', null, null, 28, 'of a partner'), (null, 'parked', null, 40, 'parked'),
  (null, 'rejected', null, 1, 'rejected'), (null, 'conflict', null, 7, 'in conflict'), ('hsi', 'parked', 'unknown_student', 20, 'with a reason'),
  ('hsi', 'conflict', 'unknown_student', 0, 'a reason of another status')
) as f (partner, status, reason, events, what);

create temporary table pages as
with recursive page as (
  select 0 as number, 'infinity'::timestamptz as at, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid as receipt, ''::bytea as sha
  union all
  select p.number + 1, l.received_at, l.receipt, l.other_sha256
  from page as p
  cross join lateral (
    select f.*
    from handoff.find_events(null, null, null, p.at, p.receipt, p.sha, 5) as f
    order by f.received_at, f.receipt, f.other_sha256
    limit 1
  ) as l
)
select p.number, f.*
from page as p
cross join lateral handoff.find_events(null, null, null, p.at, p.receipt, p.sha, 5) as f;
select is((select (count(*), count(distinct (p.receipt, p.other_sha256)), max(p.number))::text from pages as p), '(48,48,9)', 'page by page, each event once');
select is(
  (select (f.body_sha256 = e.body_sha256, f.other_sha256 <> f.body_sha256, octet_length(f.other_sha256))::text
   from handoff.find_events(null, 'conflict') as f join handoff.partner_events as e using (receipt) limit 1),
  '(t,t,32)', 'a conflict has the hashes of both bodies'
);
select test.travel('1 minute'), test.deliver_raw('jri', '[]', 'newest');
select is((select f.partner_slug || ' ' || f.reason from handoff.find_events(p_limit => 1) as f), 'jri not_an_object', 'newest first');

select * from finish();
rollback;
