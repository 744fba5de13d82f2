"""A deploy that lets a function return one column more costs no answer of a shell that is running."""

from __future__ import annotations

from collections.abc import Callable

from tests.world.partners import JSON, PATH, SECRETS, STRANGER, sign_standard
from tests.world.site import Site

WARM = 12  # more than it takes a driver to prepare a statement, on each connection
WIDER_RECEIPT = """
alter function handoff.receive_partner_event(text, text, bytea, text, jsonb) rename to received;
create function handoff.receive_partner_event(text, text, bytea, text, jsonb) returns table (
  receipt uuid, status text, reason text, enrollment_id uuid, step_id uuid, next_step_id uuid, more integer
) language sql security definer as 'select r.*, 1 from handoff.received($1, $2, $3, $4, $5) as r';
grant execute on function handoff.receive_partner_event(text, text, bytea, text, jsonb) to handoff_webhook;
"""
WIDER_DIRECTORY = """
drop function handoff.partner_directory();
create function handoff.partner_directory() returns table (slug text, status text, signature_scheme text, more integer)
  language sql security definer as 'select p.slug, p.status, p.signature_scheme, 1 from handoff.partners as p';
grant execute on function handoff.partner_directory() to handoff_public;
"""
WIDER_SCHOOL = """
alter function handoff.school_details() rename to details;
create function handoff.school_details()
  returns table (name text, time_zone text, logo bytea, paper text, more integer)
  language sql security definer as 'select d.*, 1 from handoff.details() as d';
grant execute on function handoff.school_details() to handoff_public;
"""
WIDER_PAGE = """
alter function handoff.verify_certificate(text) rename to verified;
do $$
begin
  execute (
    select format(
      'create function handoff.verify_certificate(text) returns table (%s, more integer) language sql security definer'
      ' as ''select v.*, 1 from handoff.verified($1) as v''',
      string_agg(format('%I %s', a.name, format_type(a.type, null)), ', ' order by a.place)
    )
    from pg_proc as p
    cross join lateral unnest(p.proargnames, p.proallargtypes, p.proargmodes) with ordinality
      as a (name, type, mode, place)
    where p.oid = 'handoff.verified(text)'::regprocedure and a.mode = 't'
  );
end;
$$;
grant execute on function handoff.verify_certificate(text) to handoff_public;
"""


def answers(site: Site, times: int) -> set[int]:
    """The status of so many deliveries, each a new event."""
    client = site.app.test_client()
    signed = [JSON | sign_standard(SECRETS["hsi"], STRANGER) for _ in range(times)]
    return {client.post(PATH, data=STRANGER, headers=headers).status_code for headers in signed}


def test_a_wider_receipt(make_site: Callable[..., Site]) -> None:
    site = make_site(partner_secrets={"HSI": (SECRETS["hsi"],)})
    assert answers(site, WARM) == {202}
    site.db.execute(WIDER_RECEIPT.encode())
    assert answers(site, WARM) == {202}


def test_a_wider_page(make_site: Callable[..., Site]) -> None:
    site = make_site()
    path = f"/verify/{site.value('select handoff_private.new_certificate_number()')}"
    visitor = site.visitor()
    assert {visitor.get(path).status for _ in range(WARM)} == {404}
    site.db.execute(WIDER_PAGE.encode())
    assert {visitor.get(path).status for _ in range(WARM)} == {404}


def test_a_wider_directory_of_partners(make_site: Callable[..., Site]) -> None:
    site = make_site(partner_secrets={"HSI": (SECRETS["hsi"],)})
    assert answers(site, WARM) == {202}
    site.db.execute(WIDER_DIRECTORY.encode())
    site.app.extensions["handoff_partners"]._due_at = 0.0
    assert answers(site, WARM) == {202}


def test_a_wider_school(make_site: Callable[..., Site]) -> None:
    site = make_site()
    site.db.execute(WIDER_SCHOOL.encode())
    site.app.extensions["handoff_school"]._read_at = float("-inf")
    assert site.visitor().get("/sign-in").status == 200
