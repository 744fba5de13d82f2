"""A message is signed by Standard Webhooks, with the partner's newest secret, as its own libraries check it."""

from __future__ import annotations

import time

import pytest
import standardwebhooks

from app.settings import Settings
from app.worker.outgoing.signing import signed_headers
from tests.world.partners import new_secret

OLD, NEW = new_secret(), new_secret()
BODY = b'{"event":"enrollment.requested"}'


def test_a_partner_with_the_newest_secret_takes_what_we_sign() -> None:
    settings = Settings.from_environ({"PARTNER_OUTGOING_SECRET_JOB_READY": f"{OLD} {NEW}"})
    headers = signed_headers(settings, "job-ready", "enroll:1", BODY, time.time())
    assert headers and headers["webhook-id"] == "enroll:1"
    standardwebhooks.Webhook(NEW).verify(BODY, headers)
    with pytest.raises(standardwebhooks.WebhookVerificationError):
        standardwebhooks.Webhook(OLD).verify(BODY, headers)


def test_without_a_secret_of_its_own_a_partner_can_not_be_told() -> None:
    settings = Settings.from_environ({"PARTNER_OUTGOING_SECRET_JRI": NEW, "PARTNER_WEBHOOK_SECRET": OLD})
    assert signed_headers(settings, "hsi", "enroll:1", BODY, time.time()) is None
