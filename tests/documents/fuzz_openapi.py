"""schemathesis makes up calls from docs/partners/openapi.yaml, and we sign them: each answer is one that it describes.

`make fuzz` runs this; it is no part of `make test`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, settings
from schemathesis.specs.openapi import checks

from tests import ROOT
from tests.world import partners
from tests.world.partners import SCHEMES, sign_hmac_sha256, sign_standard
from tests.world.server import Server

PARTNERS = ["hsi", "certiport", "careersafe", "jri", "milady", "resting", "gone", "no-secret", "bad-secret"]
document = schemathesis.openapi.from_path(ROOT / "docs" / "partners" / "openapi.yaml")
CHECKS = [
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.allow_header_conformance,
]
SEEN: Counter[int] = Counter()
EXAMPLES = settings(
    max_examples=400,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def session() -> Iterator[requests.Session]:
    with requests.Session() as held:
        yield held


def signed(request: requests.PreparedRequest, slug: str) -> None:
    """Signs what will really be sent, by the partner's scheme."""
    body = request.body or b""
    raw = body.encode() if isinstance(body, str) else body
    secret = partners.SECRETS.get(slug, partners.SECRETS["hsi"]).split(" ")[-1]
    scheme = SCHEMES.get(slug, "standard")
    if scheme == "shared-secret":
        headers = {"X-Webhook-Secret": secret}
    elif scheme == "hmac-sha256":
        headers = sign_hmac_sha256(secret, raw)
    else:
        headers = sign_standard(secret if secret.startswith("whsec_") else partners.SECRETS["hsi"], raw)
    request.headers.update(headers)


@document.include(operation_id="receive").parametrize()
@EXAMPLES
def test_a_signed_call_is_answered_as_described(
    case: schemathesis.Case, live_server: Server, session: requests.Session
) -> None:
    for slug in PARTNERS:
        case.path_parameters = {"slug": slug}
        request = requests.Request(**case.as_transport_kwargs(base_url=live_server.base_url)).prepare()
        signed(request, slug)
        response = session.send(request, allow_redirects=False, timeout=partners.PATIENCE)
        SEEN[response.status_code] += 1
        case.validate_response(response, checks=CHECKS)
        assert response.status_code < 500 or slug.endswith("-secret")


@document.parametrize()
@EXAMPLES
def test_a_strangers_call_is_answered_as_described(
    case: schemathesis.Case, live_server: Server, session: requests.Session
) -> None:
    request = requests.Request(**case.as_transport_kwargs(base_url=live_server.base_url)).prepare()
    response = session.send(request, allow_redirects=False, timeout=partners.PATIENCE)
    SEEN[response.status_code] += 1
    case.validate_response(response, checks=CHECKS)
    assert response.status_code < 500


def test_none_of_this_was_an_error_of_ours_and_all_was_asked_for(live_server: Server) -> None:
    print(f"{SEEN.total()} calls: {dict(sorted(SEEN.items()))}")
    assert "Traceback" not in live_server.log()
    assert {200, 202, 400, 401, 404, 405, 410, 415, 422, 503} <= SEEN.keys()
