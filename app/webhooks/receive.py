"""POST /api/webhooks/partners/<slug>: check the signature over the raw bytes, let PostgreSQL decide, and say so."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Iterable

import psycopg
from flask import Blueprint, Response, current_app, jsonify, request
from werkzeug.exceptions import ClientDisconnected

from app import texts
from app.database import DatabaseUnavailable
from app.database.deadlines import within
from app.errors import http_status, in_short
from app.logs import note
from app.settings import Settings
from app.webhooks import signatures
from app.webhooks.answers import MAX_BYTES, http_of
from app.webhooks.directory import Partner, partner_directory
from app.webhooks.media_type import fault_of_media_type
from app.webhooks.refusals import Refusals
from app.webhooks.store import receive_partner_event, refused_field

log = logging.getLogger("handoff.webhooks")
bp = Blueprint("webhooks", __name__)

MOST_BYTES = 1 << 20  # read and dropped when the length is not announced, so that the sender gets to read the answer
RETRY_AFTER_SECONDS = 30
BUDGET_SECONDS = 3.5
SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
REFUSED = {404: "unknown_partner", 410: "partner_retired", 413: "too_large"}


@bp.route("/api/webhooks/partners/<slug>", methods=["POST"], provide_automatic_options=False)
def receive(slug: str) -> Response:
    """One delivery. docs/partners/webhooks.md has every way out of here."""
    try:
        with within(BUDGET_SECONDS):
            return _receive(slug)
    except DatabaseUnavailable as error:
        log.warning("delivery of %s answered 503: %s", slug, error)
    except psycopg.Error as error:
        log.error("delivery of %s answered 503: %s", slug, in_short(error))
    return _unavailable("unavailable")


def _receive(slug: str) -> Response:
    partner = partner_directory().get(slug) if SLUG.fullmatch(slug) else None
    if partner is None:
        return _error(404, "unknown_partner")
    note(partner=slug)  # of a slug that is none, nothing: it may be anything
    if partner.status == "retired":
        return _error(410, "partner_retired")
    body = _body()
    if body is None:
        _add(slug, "too_large")
        return _error(413, "too_large")
    try:
        verified = _verify(partner, body)
    except ValueError as error:
        log.error("partner %s: %s", slug, error)
        return _unavailable("not_configured")
    except signatures.Refused as refused:
        _count(partner, refused.code, body)
        return _error(401, refused.code, refused.header)
    if fault := fault_of_media_type(_headers()):
        _add(slug, fault.code)
        return _error(415, fault.code, fault.header)
    return _hand_over(slug, verified, body)


def _verify(partner: Partner, body: bytes) -> signatures.Verified:
    settings: Settings = current_app.config["HANDOFF"]
    secrets, _ = settings.secrets_for(partner.slug)
    if not secrets:
        raise ValueError("no secret is set")
    return signatures.verify(partner.signature_scheme, secrets, _headers(), body, time.time())


def _count(partner: Partner, code: str, body: bytes) -> None:
    """Admins see a retired secret apart; the sender is told no more than anybody else."""
    settings: Settings = current_app.config["HANDOFF"]
    if code == "bad_signature":
        retired = settings.retired_for(partner.slug)
        if secret := signatures.signed_with(partner.signature_scheme, retired, _headers(), body):
            log.warning("delivery of %s was signed with a retired secret, %s", partner.slug, secret)
            code = "retired_secret"
    _add(partner.slug, code)


def _add(slug: str, code: str) -> None:
    refusals: Refusals = current_app.extensions["handoff_refusals"]
    refusals.add(slug, code)


def _headers() -> dict[str, str]:
    return {name.lower(): value for name, value in request.headers}


def _hand_over(slug: str, verified: signatures.Verified, body: bytes) -> Response:
    try:
        receipt = receive_partner_event(slug, verified.key, body, verified_by(slug, verified, partner_directory()))
    except psycopg.Error as error:
        if (status := http_status(error)) not in REFUSED:
            raise
        return _error(status, REFUSED[status])
    note(receipt=receipt["receipt"], status=receipt["status"], reason=receipt["reason"])
    field = refused_field(str(receipt["receipt"])) if receipt["status"] == "rejected" else None
    return _answer(receipt["status"], receipt["reason"], str(receipt["receipt"]), field)


def verified_by(slug: str, verified: signatures.Verified, slugs: Iterable[str]) -> dict[str, object]:
    """What PostgreSQL is told of the secret: which one it was, and who of the partners `slugs` has it as well."""
    settings: Settings = current_app.config["HANDOFF"]
    sharing = settings.sharing(slug, verified.secret, slugs)
    return {"secret": verified.secret} | ({"shared_with": sharing} if sharing else {})


def _body() -> bytes | None:
    """The raw bytes, or None when there are more than MAX_BYTES; counted as they are read, whatever was announced."""
    request.max_content_length = MOST_BYTES + 1  # Werkzeug's own limit, which None would not lift, stays out of the way
    if (request.content_length or 0) > MAX_BYTES:
        return None
    body = bytearray()
    while len(body) < MOST_BYTES and (chunk := request.stream.read(MAX_BYTES)):
        body += chunk
    if len(body) > MAX_BYTES:
        return None
    if len(body) < (request.content_length or 0):
        raise ClientDisconnected()
    return bytes(body)


def _answer(status: str, reason: str, receipt: str, field: str | None = None) -> Response:
    code = http_of(status, reason)
    if code in (200, 202):
        response = jsonify(success=True, status=status, reason=reason, receipt=receipt)
    else:
        named = {"field": field} if field else {}
        response = jsonify(error=texts.answer(reason), code=reason, receipt=receipt, **named)
    response.status_code = code
    return response


def _error(status: int, code: str, header: str = "") -> Response:
    note(status="unavailable" if status == 503 else "refused", reason=code)
    response = jsonify(error=texts.answer(code), code=code, **({"header": header} if header else {}))
    response.status_code = status
    return response


def _unavailable(code: str) -> Response:
    response = _error(503, code)
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response
