"""That a static file is missing may be so for a moment only: the answer is not kept."""

from __future__ import annotations

from tests.world.site import Site


def test_a_missing_file_is_not_kept_as_missing(site: Site) -> None:
    missing = site.visitor().get("/static/nothing.css").response
    assert missing.status_code == 404
    assert missing.headers["Cache-Control"] == "no-store"
