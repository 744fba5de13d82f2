"""Certificates, and what is read on them."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any

import pypdf

from app.pages.certificates.pdf import certificate_pdf
from app.pages.school import School
from tests.world.site import Page, Person, Site


def certify(site: Site, student: Person) -> str:
    """The student does a program of one step; the number of the certificate."""
    enrollment = student.enroll("cpr-first-aid")
    assert site.send("hsi", "course.completed", student) == "accepted:completed"
    return str(site.value("select c.number from handoff.certificates as c where c.enrollment_id = %s", enrollment))


def facts(page: Page) -> dict[str, str]:
    return dict(zip(page.texts("dt"), page.texts("dd"), strict=True))


def document(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


def words_of(pdf: bytes) -> str:
    """The text of the one page, on one line."""
    (page,) = document(pdf).pages
    return " ".join(page.extract_text().split())


def row(**changed: Any) -> dict[str, Any]:
    """As certificate_details() gives it."""
    at = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    partners = changed.pop("partners", ["Health & Safety Institute", "Certiport"])
    return {
        "number": "0000-0000-0000-0000-0",
        "student_name": "John Student",
        "program_name": "Medical Assistant",
        "completed_at": at,
        "issued_at": at,
        "revoked_at": None,
        "replaced_at": None,
        "time_zone": "UTC",
        "school_name": None,
        "school_address": None,
        "signatory": None,
        "partners": [{"partner": name, "completed_at": "2026-02-28T23:30:00.1234+00:00"} for name in partners],
    } | changed


def pdf_of(of: School | None = None, **changed: Any) -> bytes:
    return certificate_pdf(row(**changed), "https://handoff.example/verify/0000-0000-0000-0000-0", of or School())
