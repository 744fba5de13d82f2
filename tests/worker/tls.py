"""Certificates of an authority that only a test knows."""

from __future__ import annotations

import ssl
from datetime import datetime
from pathlib import Path

import pytest
import trustme


def known_certificate(
    directory: Path, monkeypatch: pytest.MonkeyPatch, *names: str, until: datetime | None = None
) -> ssl.SSLContext:
    """What a server needs to show a certificate for these names, whose authority this machine knows from now on."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(directory / "authority.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(directory / "authority.pem"))
    return server_context(authority, *names, until=until)


def server_context(authority: trustme.CA, *names: str, until: datetime | None = None) -> ssl.SSLContext:
    """The same, of any authority."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names, not_after=until).configure_cert(context)
    return context
