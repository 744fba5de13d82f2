"""One POST: what is sent, whom it reaches, and what comes back of the answer."""

from __future__ import annotations

import logging
import socket
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme

from app.version import VERSION
from app.worker.outgoing.faults import RefusedAddress, Unreachable
from app.worker.outgoing.post import MOST_BYTES, Answer, post
from tests.worker.network import OK, Names, Place, answering, canary, request, serving
from tests.worker.tls import known_certificate, server_context

NAME = "partner.example"
BODY = b'{"event":"enrollment.requested"}'


def ask(place: Place, path: str = "/enroll", **headers: str) -> Answer:
    """Posts to a server of this test, in the clear."""
    return post(f"http://{place.at}{path}", BODY, headers, test_hosts={place.at})


def ask_by_tls(place: Place, name: str = NAME) -> Answer:
    """Posts to it under a name, by TLS."""
    at = f"{name}:{place.port}"
    return post(f"https://{at}/enroll", BODY, {}, test_hosts={at})


def answer(status: str, *headers: str, body: bytes = b"") -> bytes:
    """The bytes of an answer, without a length: it ends with the connection."""
    return "\r\n".join([f"HTTP/1.1 {status}", *headers, "", ""]).encode() + body


# What is sent


def test_what_is_sent_is_the_body_with_our_name_and_the_headers_that_were_given() -> None:
    with serving(answering(OK)) as partner:
        said = ask(partner, "/enroll?school=7", **{"webhook-id": "enroll:1"})
    assert (said.status, said.body, said.whole, said.is_success) == (200, b"{}", True, True)
    head, _, body = partner.requests[0].partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    assert (first, body) == ("POST /enroll?school=7 HTTP/1.1", BODY)
    assert set(lines) == {
        "Accept: application/json",
        "Accept-Encoding: identity",
        "Connection: close",
        f"Content-Length: {len(BODY)}",
        "Content-Type: application/json",
        f"Host: {partner.at}",
        f"User-Agent: Handoff/{VERSION}",
        "webhook-id: enroll:1",
    }


def test_the_environment_names_no_proxy_and_no_password(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login somebody password anything\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    with canary() as bird, serving(answering(OK)) as partner:
        for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{bird.port}")
        assert ask(partner).status == 200
        assert bird.connections() == 0
    assert b"authorization" not in partner.requests[0].lower()


def test_a_cookie_is_not_kept() -> None:
    with serving(answering(answer("200 OK", "Set-Cookie: who=we", "Content-Length: 0"))) as partner:
        ask(partner)
        ask(partner)
    assert len(partner.requests) == 2
    assert b"who=we" not in partner.requests[1]


# Whom it reaches


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_a_failure_and_is_not_followed(status: int) -> None:
    with canary() as bird:
        where = f"Location: http://127.0.0.1:{bird.port}/"
        with serving(answering(answer(f"{status} Elsewhere", where, "Content-Length: 0"))) as partner:
            said = ask(partner)
        assert (said.status, said.is_success, bird.connections()) == (status, False, 0)


@pytest.mark.parametrize("named", ["127.0.0.1:1", "localhost:{port}", "127.0.0.2:{port}"])
def test_a_test_host_is_trusted_at_its_own_name_and_port_alone(named: str) -> None:
    with canary() as bird:
        with pytest.raises(RefusedAddress):
            post(f"http://127.0.0.1:{bird.port}/", BODY, {}, test_hosts={named.format(port=bird.port)})
        assert bird.connections() == 0


def test_the_next_address_is_tried_where_nobody_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(answering(OK)) as partner:
        Names(["127.0.0.3", "::1", "127.0.0.1"]).put(monkeypatch)
        at = f"{NAME}:{partner.port}"
        assert post(f"http://{at}/", BODY, {}, test_hosts={at}).status == 200


def test_where_nobody_listens_nobody_is_reached() -> None:
    with serving(answering(OK)) as partner:
        pass
    with pytest.raises(Unreachable) as unreachable:
        ask(partner)
    assert unreachable.value.reason == "connection"


# By TLS


@pytest.fixture
def _found_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every name is this machine."""
    Names(["127.0.0.1"]).put(monkeypatch)


@pytest.mark.usefixtures("_found_here")
@pytest.mark.parametrize("name", [NAME, "PARTNER.example", "partner.example."])
def test_tls_asks_for_the_name_and_takes_its_certificate(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(answering(OK), known_certificate(tmp_path, monkeypatch, NAME)) as partner:
        at = f"{NAME}:{partner.port}"
        assert post(f"https://{name}:{partner.port}/", BODY, {}, test_hosts={at}).status == 200
    assert partner.names == [NAME]
    assert f"\r\nHost: {at}\r\n".encode() in partner.requests[0]


@pytest.mark.usefixtures("_found_here")
@pytest.mark.parametrize("names", [["other.example"], ["*.partner.example"], ["127.0.0.1"]])
def test_a_certificate_of_another_name_is_refused(
    names: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(answering(OK), known_certificate(tmp_path, monkeypatch, *names)) as partner:
        with pytest.raises(Unreachable) as unreachable:
            ask_by_tls(partner)
        assert (unreachable.value.reason, partner.requests) == ("certificate", [])


@pytest.mark.usefixtures("_found_here")
def test_a_certificate_that_has_run_out_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    yesterday = datetime.now(UTC) - timedelta(days=1)
    with serving(answering(OK), known_certificate(tmp_path, monkeypatch, NAME, until=yesterday)) as partner:
        with pytest.raises(Unreachable) as unreachable:
            ask_by_tls(partner)
        assert (unreachable.value.reason, partner.requests) == ("certificate", [])


@pytest.mark.usefixtures("_found_here")
def test_a_certificate_of_an_authority_that_nobody_knows_is_refused() -> None:
    with serving(answering(OK), server_context(trustme.CA(), NAME)) as partner:
        with pytest.raises(Unreachable) as unreachable:
            ask_by_tls(partner)
        assert (unreachable.value.reason, partner.requests) == ("certificate", [])


@pytest.mark.usefixtures("_found_here")
@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
def test_an_old_tls_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    context = known_certificate(tmp_path, monkeypatch, NAME)
    context.minimum_version, context.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
    context.set_ciphers("ALL:@SECLEVEL=0")
    with serving(answering(OK), context) as partner, pytest.raises(Unreachable) as unreachable:
        ask_by_tls(partner)
    assert unreachable.value.reason == "tls"


@pytest.mark.usefixtures("_found_here")
def test_a_server_that_speaks_no_tls_is_not_reached() -> None:
    plain = serving(lambda _place, connection: connection.sendall(OK))
    with plain as partner, pytest.raises(Unreachable) as unreachable:
        ask_by_tls(partner)
    assert unreachable.value.reason == "tls"


# What comes back


@pytest.mark.parametrize("status", [200, 201, 202, 204, 400, 401, 404, 409, 410, 422, 429, 500, 503])
def test_whatever_is_answered_is_returned(status: int) -> None:
    with serving(answering(answer(f"{status} Whatever", "Retry-After: 7", "X-Odd: 1", "x-odd: 2"))) as partner:
        said = ask(partner)
    assert (said.status, said.is_success) == (status, status < 300)
    assert said.headers == {"retry-after": "7", "x-odd": "1, 2"}


@pytest.mark.parametrize("length", [0, 1, MOST_BYTES - 1, MOST_BYTES, MOST_BYTES + 1, 10 * MOST_BYTES])
@pytest.mark.parametrize("framed", ["length", "chunks", "end"])
def test_of_an_answer_there_is_never_more_than_the_cap(length: int, framed: str) -> None:
    body = b"x" * length
    bytes_of = {
        "length": answer("200 OK", f"Content-Length: {length}", body=body),
        "chunks": answer(
            "200 OK",
            "Transfer-Encoding: chunked",
            body=(b"%x\r\n%b\r\n" % (length, body) if length else b"") + b"0\r\n\r\n",
        ),
        "end": answer("200 OK", body=body),
    }
    with serving(answering(bytes_of[framed])) as partner:
        said = ask(partner)
    assert (said.body, said.whole) == (body[:MOST_BYTES], length <= MOST_BYTES)


def test_nothing_is_unpacked() -> None:
    packed = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"
    with serving(answering(answer("200 OK", "Content-Encoding: gzip", "Content-Length: 10", body=packed))) as partner:
        assert ask(partner).body == packed


@pytest.mark.parametrize(
    "told",
    [
        b"",
        b"\n\n",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"HTTP/1.1 abc OK\r\n\r\n",
        b"HTTP/1.1 99999 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"x" * 70_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: 1\r\n" * 200 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{}",
    ],
)
def test_an_answer_that_is_none_or_breaks_off_may_be_better_next_time(told: bytes) -> None:
    with serving(answering(told)) as partner, pytest.raises(Unreachable) as unreachable:
        ask(partner)
    assert unreachable.value.reason == "answer"


def test_a_connection_that_is_cut_may_be_better_next_time() -> None:
    def cut(place: Place, connection: socket.socket) -> None:
        request(connection)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")

    with serving(cut) as partner, pytest.raises(Unreachable):
        ask(partner)


def test_no_key_in_an_address_gets_into_the_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with serving(answering(answer("200 OK", "no header at all", "Content-Length: 0"))) as partner:
        ask(partner, "/enroll?key=hidden-in-here")
    assert "hidden-in-here" not in caplog.text
