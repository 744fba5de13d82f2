"""What following the trail rests on: whoever draws an id of it has a transaction's id by then."""

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
