"""Whatever a partner sends: a body for which a glance is enough is one that the closer look takes as well."""

from __future__ import annotations

import json
from typing import Any

import psycopg
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg.rows import DictRow

from tests.world.setup_sql import load

PLAIN: dict[str, dict[str, Any]] = {
    "hsi": {"event": "course.completed", "student_id": "s1", "course_id": "hsi-cpr-101"},
    "careersafe": {"event": "training.completed", "student_id": "s1", "training_id": "osha-10"},
    "jri": {"event": "program.completed", "student_id": "s1"},
    "certiport": {"event": "exam.completed", "student_id": "s1", "exam_id": "e1", "passed": True, "score": 850},
    "milady": {"event": "course.completed", "student_id": "s1", "course_id": "c1", "grade": "A+"},
}
NAMES = st.one_of(
    st.text(max_size=4), st.sampled_from(["123", "A+", "a" * 255, "a" * 256, " e", "e e", "\u00a0", "\u0000"])
)
TIMES = st.sampled_from(
    [
        *("2026-01-02T03:04:05Z", "2026-01-02t03:04:05.6+00:00", "2026-01-02T24:00:00Z", "2026-02-30T03:04:05Z", "now"),
        *("0000-01-01T00:00:00Z", "9999-12-31T23:59:60-23:59", "2026-01-02 03:04:05Z", "infinity", ""),
    ]
)
ANYTHING = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), NAMES, TIMES, st.lists(NAMES, max_size=1))
KEYS = st.sampled_from(
    ["event", "student_id", "course_id", "exam_id", "passed", "score", "grade", "enrollment_id", "x"]
)
OTHERS = st.one_of(st.tuples(st.just("completed_at"), TIMES), st.tuples(KEYS, ANYTHING))


@st.composite
def events(draw: st.DrawFn) -> tuple[str, bytes]:
    """A partner and the body of a completion, in which some member is another, not there, or there twice."""
    partner = draw(st.sampled_from(sorted(PLAIN)))
    members = list(PLAIN[partner].items())
    for member in draw(st.lists(OTHERS, max_size=2)):
        place = draw(st.integers(0, len(members)))
        if draw(st.booleans()):
            members = [kept for kept in members if kept[0] != member[0]]
        members.insert(place, member)
    space = draw(st.sampled_from(["", " ", "\n"]))
    text = f",{space}".join(f"{json.dumps(key)}:{space}{json.dumps(value)}" for key, value in members)
    return partner, f"{{{text}}}".encode()


def test_what_a_glance_takes_the_closer_look_takes(db: psycopg.Connection[DictRow]) -> None:
    load(db)
    for account in ("s1", "123"):
        db.execute(
            "select handoff.link_partner_account(p.slug, %s, test.student()) from handoff.partners as p", (account,)
        )
    seen = {"plain": 0, "left": 0}

    @settings(max_examples=600, deadline=None)
    @given(events())
    def compare(event: tuple[str, bytes]) -> None:
        row: Any = db.execute("select test.glance(%s, %s) as said", event).fetchone()
        assert row["said"] in seen, row["said"]
        seen[row["said"]] += 1

    compare()
    assert min(seen.values()) >= 40
