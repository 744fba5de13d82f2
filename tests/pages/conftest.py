"""Who looks at the pages."""

from __future__ import annotations

import pytest

from tests.world.site import Person, Site


@pytest.fixture
def john(site: Site) -> Person:
    """A student."""
    return site.student("John Student")


@pytest.fixture
def ada(site: Site) -> Person:
    """An admin."""
    return site.admin("Ada Admin")
