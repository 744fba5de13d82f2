"""docs/reference/http.md names every route of the application; test_openapi has the answers of those for programs."""

from __future__ import annotations

import re

from app import create_app
from app.settings import Settings
from tests import ROOT
from tests.world.server import SECRET_KEY

TEXT = (ROOT / "docs" / "reference" / "http.md").read_text()


def test_it_names_every_route_and_no_other() -> None:
    served = {
        (method, re.sub(r"<\w+:(\w+)>", r"<\1>", rule.rule))
        for rule in create_app(Settings(secret_key=SECRET_KEY)).url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert set(re.findall(r"`(GET|POST) ([^`]+)`", TEXT)) == served
