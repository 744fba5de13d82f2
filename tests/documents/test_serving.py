"""docs/operate/serving.md: its proxy stands before the real server, its settings are enough, its unit starts it."""

from __future__ import annotations

import configparser
import contextlib
import http.client
import importlib.util
import os
import re
import shutil
import ssl
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests import ROOT
from tests.world.partners import PATIENCE, SETTINGS, STRANGER, Answer, Partner
from tests.world.postgres import PgServer
from tests.world.server import HOST, Server, free_port, serving

TEXT = (ROOT / "docs" / "operate" / "serving.md").read_text()
TOKEN = "t0ken-of-a-link"


def block(language: str) -> str:
    """The first block of a language."""
    found = re.search(rf"^```{language}\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    assert found
    return found[1]


@dataclass(frozen=True)
class Proxy:
    """nginx as the document has it."""

    port: int
    plain_port: int
    logs: Path
    trusted: ssl.SSLContext

    def request(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """One request over TLS."""
        connection = http.client.HTTPSConnection(HOST, self.port, timeout=PATIENCE, context=self.trusted)
        began = time.monotonic()
        with contextlib.closing(connection):
            with contextlib.suppress(BrokenPipeError, ConnectionResetError, ssl.SSLError):
                connection.request(method, path, body, dict(headers or {}))
            response = connection.getresponse()
            return Answer(response.status, response.headers, response.read(), time.monotonic() - began)

    def send(self, body: bytes) -> Answer:
        """A delivery of hsi, rightly signed."""
        partner = Partner("hsi", self.port)
        return self.request("POST", partner.path, body, partner.signed(body))

    def logged(self) -> str:
        """What its logs hold by now: a line is written when the answer is out."""
        return "".join(path.read_text() for path in self.logs.glob("*.log"))


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate for this machine, and its key."""
    if not shutil.which("openssl"):
        pytest.skip("it needs openssl")
    directory = tmp_path_factory.mktemp("tls")
    made, key = directory / "handoff.pem", directory / "handoff.key"
    options = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
    names = ["-subj", "/CN=handoff.example", "-addext", f"subjectAltName=IP:{HOST}"]
    command = ["openssl", "req", "-x509", *options, *names, "-keyout", str(key), "-out", str(made)]
    subprocess.run(command, check=True, capture_output=True)
    return made, key


@pytest.fixture
def shell(db_url: str, db: object, pg_server: PgServer, tmp_path: Path) -> Iterator[Server]:
    """The server with the two logins and without DATABASE_URL, as the document's settings have it."""
    dbname = re.findall(r"/([^/?]+)\?", db_url)[0]
    logins = {
        "PAGES_DATABASE_URL": pg_server.url(dbname, "handoff_pages_login"),
        "WEBHOOK_DATABASE_URL": pg_server.url(dbname, "handoff_webhook_login"),
    }
    with serving(SETTINGS | logins | {"BASE_URL": "https://handoff.example"}, tmp_path / "server.log") as server:
        yield server


@pytest.fixture
def proxy(nginx: list[str], certificate: tuple[Path, Path], shell: Server, tmp_path: Path) -> Iterator[Proxy]:
    with proxying(nginx, certificate, shell.port, tmp_path) as found:
        yield found


@pytest.fixture
def lonely(nginx: list[str], certificate: tuple[Path, Path], tmp_path: Path) -> Iterator[Proxy]:
    """A proxy whose shell is away."""
    with proxying(nginx, certificate, free_port(), tmp_path) as found:
        yield found


@contextlib.contextmanager
def proxying(nginx: list[str], certificate: tuple[Path, Path], shell_port: int, directory: Path) -> Iterator[Proxy]:
    """nginx with the document's lines, on ports of its own."""
    made, key = certificate
    port, plain_port = free_port(), free_port()
    conf = block("nginx")
    for written, given in {
        "listen 80;": f"listen {HOST}:{plain_port};",
        "listen 443 ssl;": f"listen {HOST}:{port} ssl;",
        "http://127.0.0.1:8000;": f"http://127.0.0.1:{shell_port};",
        "/etc/ssl/handoff.pem": str(made),
        "/etc/ssl/private/handoff.key": str(key),
    }.items():
        assert written in conf
        conf = conf.replace(written, given)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    places = "".join(f"{kind}_temp_path {directory}/{kind};\n" for kind in kinds)
    logs = f"access_log {directory}/access.log;\nerror_log {directory}/error.log;\n"
    user = "user root;\n" if os.geteuid() == 0 else ""
    whole = f"{user}pid {directory}/pid;\ndaemon off;\nevents {{}}\nhttp {{\n{places}{logs}{conf}}}\n"
    (directory / "nginx.conf").write_text(whole)
    command = [*nginx, "-p", str(directory), "-e", str(directory / "error.log"), "-c", str(directory / "nginx.conf")]
    with subprocess.Popen(command) as process:
        found = Proxy(port, plain_port, directory, ssl.create_default_context(cafile=made))
        try:
            until_it_answers(found, process)
            yield found
        finally:
            process.terminate()


def until_it_answers(proxy: Proxy, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            proxy.request("GET", "/healthz")
            return
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(proxy.logged()) from None
        time.sleep(0.05)


def test_partners_and_people_come_through(proxy: Proxy) -> None:
    assert proxy.send(STRANGER).said == "202 parked:unknown_student"
    assert proxy.request("GET", "/readyz").status == 200
    page = proxy.request("GET", "/sign-in", headers={"X-Forwarded-Host": "evil.example", "Host": "handoff.example"})
    assert page.status == 200 and b"evil.example" not in page.body
    assert page.headers.get_all("Strict-Transport-Security") == ["max-age=31536000"]
    assert "__Host-handoff_form=" in page.headers["Set-Cookie"] and "Secure" in page.headers["Set-Cookie"]


@pytest.mark.parametrize("length", [65_537, 900_000, 2_000_000])
def test_a_body_that_is_too_large_is_told_so_by_whoever_refuses_it(proxy: Proxy, length: int) -> None:
    answer = proxy.send(b" " * length)
    assert answer.said == "413 too_large"
    assert answer.json["error"] == "The body is larger than 64 KiB"


def test_while_the_shell_is_away_partners_are_told_503_and_when_to_come_again(lonely: Proxy) -> None:
    delivery, page = lonely.send(STRANGER), lonely.request("GET", "/sign-in")
    assert delivery.said == "503 unavailable"
    assert delivery.json["error"] == "Temporarily unavailable, please send again later"
    assert (page.status, page.headers.get_content_type()) == (503, "text/plain")
    assert (delivery.headers["Retry-After"], page.headers["Retry-After"]) == ("30", "30")


def test_without_tls_people_are_led_on_and_partners_are_refused(proxy: Proxy) -> None:
    connection = http.client.HTTPConnection(HOST, proxy.plain_port, timeout=PATIENCE)
    with contextlib.closing(connection):
        connection.request("GET", "/student/progress")
        answer = connection.getresponse()
        assert (answer.status, answer.headers["Location"]) == (301, "https://handoff.example/student/progress")
        answer.read()
        connection.request("POST", Partner("hsi", 0).path, STRANGER)
        assert connection.getresponse().status == 403


def test_no_log_of_the_proxy_has_a_sign_in_link(proxy: Proxy) -> None:
    assert proxy.request("GET", f"/sign-in/{TOKEN}").status in (200, 404, 410)
    assert proxy.request("GET", "/verify?seen=1").status == 200
    deadline = time.monotonic() + PATIENCE
    while "/verify?seen=1" not in proxy.logged():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert TOKEN not in proxy.logged()


def test_the_shell_needs_no_deployer(shell: Server) -> None:
    assert "could do more" not in shell.log()
    assert "can't be read" not in shell.log()
    assert shell.db_url == ""


def test_every_setting_of_the_service_is_one_of_ours() -> None:
    [environment] = re.findall(r"^```sh\n(PAGES_.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    names = re.findall(r"^([A-Z_]+)=", environment, re.MULTILINE)
    settings = (ROOT / "docs" / "operate" / "settings.md").read_text()
    known = set(re.findall(r"^\| `([A-Z_]+)", settings, re.MULTILINE))
    assert names and {re.sub(r"(?<=SECRET_)HSI$", "", name) for name in names} <= known | {"PARTNER_WEBHOOK_SECRET_"}


def test_the_unit_starts_the_server_as_make_does() -> None:
    unit = configparser.ConfigParser(interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string(block("ini"))
    service = unit["Service"]
    program, option, module = service["ExecStart"].split()
    assert program == f"{service['WorkingDirectory']}/.venv/bin/python"
    assert f"\t@$(PY) {option} {module}\n" in (ROOT / "Makefile").read_text()
    assert importlib.util.find_spec(module)
