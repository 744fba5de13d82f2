-- Every mail, and when it was settled, in hours since the beginning.
select
  o.message_id::text as id, o.kind, o.status, extract(epoch from o.settled_at - %(began)s)::float8 / 3600 as settled
from handoff.outbox as o
where o.profile_id is not null
