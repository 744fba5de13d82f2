"""What following the trail rests on, and who it has to wait for."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

REFUSES = """
create function public.has_its_id() returns trigger language plpgsql as $$
begin
  if pg_current_xact_id_if_assigned() is null then
    raise exception '% % was drawn before the transaction had its id', tg_table_name, new.id;
  end if;
  return new;
end;
$$;
create trigger has_its_id before insert on handoff.acts for each row execute function public.has_its_id();
create trigger has_its_id before insert on handoff.step_transitions for each row execute function public.has_its_id();
"""


# More than once, since a sequence that writes to the log gives an id as well: each 32 draws.
@pytest.mark.parametrize(
    "statement",
    [
        "select handoff.stop_due_events()",
        "select handoff.mark_events_due()",
        "select handoff.link_partner_account('hsi', 'H-' || gen_random_uuid(), handoff.create_profile("
        "gen_random_uuid() || '@school.example', 'Ann Student'))",
        "select handoff.enroll_student(handoff.create_profile("
        "gen_random_uuid() || '@school.example', 'Ann Student'), 'cna')",
    ],
)
def test_an_id_of_the_trail_is_drawn_by_who_has_a_transactions_id(db: psycopg.Connection[Any], statement: str) -> None:
    db.execute(REFUSES)
    for _ in range(3):
        db.execute(statement.encode())


def test_a_message_that_is_made_while_its_student_is_forgotten_keeps_nothing_of_the_student(
    db: psycopg.Connection[Any], db_url: str
) -> None:
    db.execute("update handoff.partners set enroll_url = 'https://partner.example/' || slug")
    made = db.execute("select handoff.create_profile('ann@school.example', 'Ann Student') as ann").fetchone()
    assert made
    db.execute("select handoff.enroll_student(%(ann)s, 'cna')", made)
    mark = db.execute("select m.last_id, m.ends_before from handoff.mark_trail() as m").fetchone()
    with psycopg.connect(db_url) as admin:
        admin.execute("select handoff.erase_profile(%(ann)s, 'asked')", made)
        db.execute("select handoff.follow_trail(%(last_id)s, %(ends_before)s)", mark)
        db.execute("select from handoff.claim_messages(1, 1, '60 s')")
    db.execute("select handoff.follow_trail(%(last_id)s, %(ends_before)s)", mark)
    db.execute("select from handoff.claim_messages(1, 1, '60 s')")
    told = db.execute(
        "select o.status, o.detail, o.body from handoff.outbox as o where o.partner_slug is not null"
    ).fetchall()
    assert told == [{"status": "cancelled", "detail": "the student was forgotten", "body": None}]
