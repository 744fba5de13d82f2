-- Every mail, to whom it goes, and when it was made and settled, in hours since the beginning.
select
  o.message_id::text as id, o.kind, o.status, p.email, extract(epoch from o.made_at - %(began)s)::float8 / 3600 as made,
  extract(epoch from o.settled_at - %(began)s)::float8 / 3600 as settled
from handoff.outbox as o
join handoff.profiles as p on p.id = o.profile_id
