"""Every route is decided here: open to everybody, or for people of these roles, who sign in first."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest

from app import create_app
from app.settings import Settings
from tests.world.site import Page, Site, Visitor

OPEN = {
    "GET /",  # leads to sign in, or to the page of one's role
    "GET /healthz",
    "GET /metrics",  # asks for the monitor's token
    "GET /mail/stop/<token>",  # asks for our signature, as the two below
    "GET /readyz",
    "GET /school-logo",
    "GET /sign-in",
    "GET /sign-in/<token>",
    "GET /static/<path:filename>",
    "GET /verify",
    "GET /verify/<number>",
    "POST /api/webhooks/partners/<slug>",  # asks for the partner's signature
    "POST /mail/resume/<token>",
    "POST /mail/stop/<token>",
    "POST /sign-in",
    "POST /sign-in/<token>",
    "POST /sign-out",
}
FOR = {
    "GET /admin/acts/<act>": {"admin"},
    "GET /admin/search": {"admin"},
    "GET /admin/students": {"admin"},
    "GET /admin/students/<uuid:profile_id>": {"admin"},
    "POST /admin/acts/<act>": {"admin"},
    "GET /admin/addresses": {"admin"},
    "GET /admin/dashboard": {"admin"},
    "GET /admin/enrollments/<uuid:enrollment>/refused": {"admin"},
    "GET /admin/events": {"admin"},
    "GET /admin/events/<uuid:receipt>": {"admin"},
    "GET /admin/alerts": {"admin"},
    "GET /admin/enroll": {"admin"},
    "GET /admin/imports": {"admin"},
    "GET /admin/imports/<uuid:import_id>": {"admin"},
    "GET /admin/imports/<uuid:import_id>/result.csv": {"admin"},
    "GET /admin/mails": {"admin"},
    "GET /admin/mails/<uuid:message_id>": {"admin"},
    "GET /admin/mails/<uuid:message_id>/html": {"admin"},
    "GET /admin/mails/kinds": {"admin"},
    "GET /admin/mails/kinds/<kind>": {"admin"},
    "GET /admin/mails/kinds/<kind>/<int:form>/html": {"admin"},
    "GET /admin/replay": {"admin"},
    "GET /student/certificates/<number>.pdf": {"admin", "student"},
    "GET /student/progress": {"student"},
    "POST /admin/enrollments/<uuid:enrollment>/refused": {"admin"},
    "POST /admin/addresses/<uuid:profile>/allow": {"admin"},
    "POST /admin/events/<uuid:receipt>/assign": {"admin"},
    "POST /admin/events/<uuid:receipt>/aside": {"admin"},
    "POST /admin/events/<uuid:receipt>/link": {"admin"},
    "POST /admin/events/<uuid:receipt>/unlink": {"admin"},
    "POST /admin/events/<uuid:receipt>/replay": {"admin"},
    "POST /admin/alerts/<uuid:alert_id>/acknowledge": {"admin"},
    "POST /admin/alerts/<uuid:alert_id>/own": {"admin"},
    "POST /admin/alerts/<uuid:alert_id>/snooze": {"admin"},
    "POST /admin/mails/<uuid:message_id>/resend": {"admin"},
    "POST /admin/enroll": {"admin"},
    "POST /admin/imports": {"admin"},
    "POST /admin/imports/<uuid:import_id>/choose": {"admin"},
    "POST /admin/imports/<uuid:import_id>/go-on": {"admin"},
    "POST /admin/replay": {"admin"},
    "POST /admin/replay/mark": {"admin"},
    "POST /admin/replay/stop": {"admin"},
}


def asked(visitor: Visitor, route: str) -> Page:
    """What the visitor gets; a form is one that this site has made."""
    method, rule = route.split(" ")
    path = re.sub(r"<\w+>", "x", re.sub(r"<uuid:\w+>", str(uuid4()), re.sub(r"<int:\w+>", "0", rule)))
    if method == "GET":
        return visitor.get(path)
    token = visitor.get("/sign-in").one("main input[name=csrf_token]")["value"]
    return visitor.post(path, csrf_token=str(token))


def is_let_in(page: Page) -> bool:
    """Whether the visitor was neither asked to sign in nor told that the page is for others."""
    return page.status not in (401, 403) and not (page.location or "").startswith("/sign-in")


def test_every_route_is_decided() -> None:
    """HEAD and OPTIONS are Flask's: HEAD is answered by the view of GET, OPTIONS with the names of the methods."""
    rules = create_app(Settings()).url_map.iter_rules()
    routes = [f"{method} {rule.rule}" for rule in rules for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}]
    assert sorted(routes) == sorted([*OPEN, *FOR])


def test_a_stranger_signs_in_first(site: Site) -> None:
    stranger = site.visitor()
    assert [route for route in FOR if is_let_in(asked(stranger, route))] == []


@pytest.mark.parametrize("role", ["admin", "student"])
def test_a_person_of_another_role_gets_403(site: Site, role: str) -> None:
    person = site.admin() if role == "admin" else site.student()
    pages = {route: asked(person, route) for route in FOR}
    assert {route for route, page in pages.items() if is_let_in(page)} == {
        route for route, roles in FOR.items() if role in roles
    }
    assert {page.status for page in pages.values() if not is_let_in(page)} == {403}
