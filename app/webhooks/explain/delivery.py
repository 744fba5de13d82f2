"""What is wrong with a delivery that is rightly signed: its size, its media type, its body."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from app import texts
from app.webhooks.answers import MAX_BYTES, http_of
from app.webhooks.explain.findings import Finding
from app.webhooks.media_type import fault_of_media_type


class Judged(NamedTuple):
    """What is answered: `said` as 202 parked:unknown_student or 422 bad_field; `is_refused`: nothing of it counts."""

    said: str
    is_refused: bool
    findings: list[Finding]


def before_the_database(headers: Mapping[str, str], body: bytes) -> Judged | None:
    """What the web server refuses before it hands the delivery over; None when it does not."""
    if len(body) > MAX_BYTES:
        return _refused("413 too_large", Finding("body", "too_large", f"it has {len(body)} bytes, at most {MAX_BYTES}"))
    fault = fault_of_media_type(headers)
    if fault is None:
        return None
    if fault.code == "unsupported_encoding":
        told = "the body is said to be compressed: send it as it is"
    elif fault.header.lower() not in headers:
        told = "Content-Type is missing: send application/json. If it was sent, give it with --header, too"
    else:
        told = "Content-Type is neither application/json nor +json, or names another charset than utf-8"
    return _refused(f"415 {fault.code}", Finding("header", fault.code, told))


def by_the_database(row: Mapping[str, Any]) -> Judged:
    """What handoff.judge_delivery() says of it."""
    if row["known"] == "conflict:key_reused":
        told = "this key came with another body before; give each event an id of its own"
        return _refused("409 key_reused", Finding("id", "key_reused", told))
    status, reason = row["status"], row["reason"]
    if status == "rejected":
        field = f"{row['refused_field']}: " if row["refused_field"] else ""
        return _refused(
            f"{http_of(status, reason)} {reason}", Finding("body", reason, field + texts.REASON.get(reason, reason))
        )
    findings = [
        Finding("body", "left_out", f"{field} can't be used; the event is read without it")
        for field in row["left_out"] or ()
    ]
    if status == "parked":
        findings.append(Finding(_part(reason), reason, texts.REASON.get(reason, reason)))
    return Judged(f"{http_of(status, reason)} {status}:{reason}", False, findings)


def _part(reason: str) -> str:
    return {"unknown_student": "student", "no_enrollment": "student", "unmapped_course": "course"}.get(reason, "event")


def _refused(said: str, finding: Finding) -> Judged:
    return Judged(said, True, [finding])
