"""What the database refuses of a delivery is answered with a code and a text of ours: its HINT reaches no partner.

The log has the SQLSTATE alone: PostgreSQL's message could quote what the delivery said.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.world.partners import JSON, PATH, SECRETS, STRANGER, sign_standard
from tests.world.refusing import refuse
from tests.world.site import Site

UNAVAILABLE = b'{"code":"unavailable","error":"Temporarily unavailable, please send again later"}\n'


@pytest.mark.parametrize(
    ("code", "message", "status", "answer"),
    [
        ("TH404", "unknown partner", 404, b'{"code":"unknown_partner","error":"Unknown partner"}\n'),
        (
            "TH410",
            "partner is retired",
            410,
            b'{"code":"partner_retired","error":"This partner is retired; please stop sending"}\n',
        ),
        ("TH413", "body too large", 413, b'{"code":"too_large","error":"The body is larger than 64 KiB"}\n'),
        ("TH400", "malformed delivery", 503, UNAVAILABLE),
        ("TH403", "channel of another role", 503, UNAVAILABLE),
        ("TH409", "not possible in this state", 503, UNAVAILABLE),
        ("53100", "could not extend file", 503, UNAVAILABLE),
    ],
)
def test_an_error_is_answered_in_our_words(
    make_site: Callable[..., Site], code: str, message: str, status: int, answer: bytes
) -> None:
    site = make_site(partner_secrets={"HSI": (SECRETS["hsi"],)})
    refuse(site.db, "receive_partner_event", code, message)
    headers = JSON | sign_standard(SECRETS["hsi"], STRANGER)
    answered = site.app.test_client().post(PATH, data=STRANGER, headers=headers)
    assert (answered.status_code, answered.data) == (status, answer)


@pytest.mark.parametrize("code", ["53100", "57014", "22P02", "42883", "XX000", "TH409"])
def test_the_log_has_the_sqlstate_and_quotes_nothing(
    make_site: Callable[..., Site], caplog: pytest.LogCaptureFixture, code: str
) -> None:
    site = make_site(partner_secrets={"HSI": (SECRETS["hsi"],)})
    refuse(site.db, "receive_partner_event", code, 'invalid value "Zebulon" for it', '{"of": "Zebulon"}')
    headers = JSON | sign_standard(SECRETS["hsi"], STRANGER)
    assert site.app.test_client().post(PATH, data=STRANGER, headers=headers).status_code == 503
    assert f"delivery of hsi answered 503: {code}\n" in caplog.text
    assert "Zebulon" not in caplog.text
