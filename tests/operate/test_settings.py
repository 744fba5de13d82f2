"""Settings: what is right is read, what is malformed is one clear line that names the variable and tells no secret."""

from __future__ import annotations

import subprocess

import pytest

from app.operate.warnings import warnings
from app.settings import Settings, SettingsError
from tests.operate.environ import PASSWORD, SECRET, SHORT, read
from tests.world import server
from tests.world.partners import new_secret

KEY = "k" * 32
OTHER = new_secret()
URL = f"postgresql://handoff:{PASSWORD}@db.example/handoff"


def test_without_any_setting_the_defaults_hold() -> None:
    settings = read()
    assert (settings.host, settings.port, settings.base_url) == ("127.0.0.1", 8000, "http://127.0.0.1:8000")
    assert settings.names_no_database
    assert not settings.secure
    assert settings.secrets_for("hsi") == ((), False)


def test_an_empty_or_blank_variable_counts_as_unset() -> None:
    names = ("DATABASE_URL", "PAGES_DATABASE_URL", "WEBHOOK_DATABASE_URL", "PORT", "HOST", "BASE_URL", "SECRET_KEY")
    more = (
        "HANDOFF_OUTGOING_TEST_HOSTS",
        "PARTNER_OUTGOING_SECRET_HSI",
        "SMTP_URL",
        "MAIL_FROM",
        "HANDOFF_PRINT_LINKS",
        "PARTNER_WEBHOOK_SECRET",
        "PARTNER_WEBHOOK_SECRET_HSI",
    )
    for empty in ("", "  "):
        assert read(**dict.fromkeys(names + more, empty)) == read(PARTNER_WEBHOOK_SECRET_HSI="")


def test_everything_is_read() -> None:
    settings = read(
        DATABASE_URL=URL,
        PAGES_DATABASE_URL="postgres://pages@/handoff?host=/run/postgresql&port=5433",
        WEBHOOK_DATABASE_URL="postgresql://webhook@[::1]:5432/handoff?sslmode=verify-full",
        HOST="0.0.0.0",  # noqa: S104
        PORT="9000",
        BASE_URL="https://handoff.example/",
        SECRET_KEY=KEY,
        SMTP_URL="smtps://user:pa%40ss@mail.example",
        MAIL_FROM="Handoff <handoff@school.example>",
        HANDOFF_PRINT_LINKS="1",
        PARTNER_WEBHOOK_SECRET_HSI=SECRET,
        PARTNER_OUTGOING_SECRET_HSI=f"{SECRET} {OTHER}",
        HANDOFF_OUTGOING_TEST_HOSTS="localhost:9000  [::1]:80 Partner.example:8443",
    )
    assert (settings.port, settings.base_url, settings.secure) == (9000, "https://handoff.example", True)
    assert settings.print_links
    assert settings.secrets_for("hsi") == ((SECRET,), False)
    assert settings.outgoing_secrets_for("hsi") == (SECRET, OTHER)
    assert settings.outgoing_test_hosts == {"localhost:9000", "[::1]:80", "partner.example:8443"}
    settings.require_for_serving()


def test_the_base_url_follows_the_port() -> None:
    assert read(PORT="8123").base_url == "http://127.0.0.1:8123"


def test_at_start_a_database_that_is_away_is_a_line_and_no_reason_not_to_start() -> None:
    [line] = warnings(read(DATABASE_URL=f"postgresql://u:{PASSWORD}@/nothing?host=/nowhere"))
    assert PASSWORD not in line


# What is malformed


MALFORMED = [
    *(
        ("PORT", value)
        for value in ("0", "65536", "-1", "http", "80 80", "8000/tcp", "1e3", "0x50", "\u0663", "9" * 30)
    ),
    *(
        (name, value)
        for name in ("DATABASE_URL", "PAGES_DATABASE_URL", "WEBHOOK_DATABASE_URL")
        for value in (
            "handoff",
            f"host=db password={PASSWORD}",
            f"mysql://u:{PASSWORD}@h/d",
            f"postgresql//u:{PASSWORD}@h/d",
            f"postgresql://u:{PASSWORD}%zz@h/d",
            f"postgresql://u@h/d?no_such_option={PASSWORD}",
            f"postgresql://u:{PASSWORD}@[::1/d",
        )
    ),
    *(
        ("BASE_URL", value)
        for value in (
            "handoff.example",
            "ftp://handoff.example",
            "https://",
            "https:///path",
            "https://handoff.example/app",
            "https://handoff.example?x=1",
            "https://handoff.example#x",
            "https://handoff.example:port",
            "https://handoff.example:99999",
            "https://handoff.example:0",
            "https://hand off.example",
            "https://[::1",
            f"https://user:{PASSWORD}@handoff.example",
            "javascript:alert(1)",
        )
    ),
    *(("SECRET_KEY", value) for value in ("short", PASSWORD)),
    *(
        ("SMTP_URL", value)
        for value in (
            "mail.example",
            f"http://u:{PASSWORD}@mail.example",
            f"smtp://u:{PASSWORD}@",
            "smtp://:25",
            f"smtp://u:{PASSWORD}@mail.example:port",
            f"smtp://u:{PASSWORD}@[::1",
        )
    ),
    *(("MAIL_FROM", value) for value in ("handoff", "@", "a@b\nBcc: c@d", "a@b@c")),
    *(("HANDOFF_PRINT_LINKS", value) for value in ("yes", "true", "2", "on")),
    *(
        ("HANDOFF_OUTGOING_TEST_HOSTS", value)
        for value in ("localhost", "*:80", "localhost:0", "localhost:http", "http://localhost:80", "a:1,b:2", "::1:80")
    ),
    *(
        (name, value)
        for name in ("PARTNER_WEBHOOK_SECRET", "PARTNER_WEBHOOK_SECRET_HSI", "PARTNER_OUTGOING_SECRET_HSI")
        for value in (
            "whsec_",
            "whsec_" + PASSWORD,
            "short-" + PASSWORD[:12],
            "whsec_" + SHORT,
            "v1," + SECRET,
            f'"{SECRET}"',
            f"'{SECRET}'",
            f"{SECRET} '{PASSWORD}'",
            "whsec_ " + SECRET.removeprefix("whsec_"),
            f"{SECRET} whsec_%",
            SECRET + "!",
            "pässword-" + PASSWORD,
            "a\x00b",
        )
    ),
    *((f"PARTNER_WEBHOOK_SECRET_{suffix}", PASSWORD) for suffix in ("", "hsi", "JOB-READY", "HSI ", "Hsi", "HÄI")),
    *((f"PARTNER_RETIRED_SECRET{suffix}", PASSWORD) for suffix in ("", "_", "_hsi", "_JOB-READY", "_HÄI")),
    ("PARTNER_RETIRED_SECRET_HSI", "pässword-" + PASSWORD),
    *((f"PARTNER_OUTGOING_SECRET{suffix}", SECRET) for suffix in ("", "_", "_hsi", "_JOB-READY", "_HÄI")),
    *(("PARTNER_OUTGOING_SECRET_HSI", value) for value in (PASSWORD, SHORT, f"{SECRET} {PASSWORD}")),
]


@pytest.mark.parametrize(("name", "value"), MALFORMED)
def test_a_malformed_setting_is_one_line_that_names_the_variable_and_not_its_secret(name: str, value: str) -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.from_environ({"MAIL_FROM": "handoff@school.example", name: value})
    told = str(refused.value)
    assert told.startswith(name.strip() if name.strip() in told else name)
    assert "\n" not in told
    assert PASSWORD not in told
    assert SECRET not in told
    shown = "".join(map(repr, (refused.value, refused.value.__cause__, refused.value.args)))
    assert PASSWORD not in shown


def test_mail_needs_a_sender() -> None:
    with pytest.raises(SettingsError, match="MAIL_FROM is required"):
        read(SMTP_URL="smtp://mail.example")


def test_no_secret_and_no_password_is_in_what_settings_look_like() -> None:
    settings = read(
        DATABASE_URL=URL,
        PAGES_DATABASE_URL=URL,
        WEBHOOK_DATABASE_URL=URL,
        SECRET_KEY=PASSWORD + KEY,
        SMTP_URL=f"smtp://u:{PASSWORD}@mail.example",
        MAIL_FROM="a@b.example",
        PARTNER_WEBHOOK_SECRET=SECRET,
        PARTNER_WEBHOOK_SECRET_HSI=SECRET,
        PARTNER_OUTGOING_SECRET_HSI=SECRET,
    )
    for shown in (repr(settings), str(settings), f"{settings!r:>10}"):
        assert PASSWORD not in shown
        assert SECRET not in shown
        assert SECRET.removeprefix("whsec_") not in shown


# What a server needs


@pytest.mark.parametrize(
    ("environ", "missing"),
    [
        ({"DATABASE_URL": URL}, "SECRET_KEY"),
        ({"SECRET_KEY": KEY}, "DATABASE_URL"),
        ({"SECRET_KEY": KEY, "PAGES_DATABASE_URL": URL}, "DATABASE_URL"),
        ({"SECRET_KEY": KEY, "WEBHOOK_DATABASE_URL": URL}, "DATABASE_URL"),
    ],
)
def test_what_a_server_needs_is_asked_for(environ: dict[str, str], missing: str) -> None:
    with pytest.raises(SettingsError, match=f"{missing} is not set"):
        read(**environ).require_for_serving()


def test_the_two_small_logins_are_enough_to_serve() -> None:
    read(SECRET_KEY=KEY, PAGES_DATABASE_URL=URL, WEBHOOK_DATABASE_URL=URL).require_for_serving()


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"DATABASE_URL": URL}, "SECRET_KEY"),
        ({"DATABASE_URL": URL, "SECRET_KEY": ""}, "SECRET_KEY"),
        ({"DATABASE_URL": URL, "SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"DATABASE_URL": f"mysql://u:{PASSWORD}@h/d", "SECRET_KEY": KEY}, "DATABASE_URL"),
        ({"PAGES_DATABASE_URL": URL, "SECRET_KEY": KEY}, "DATABASE_URL"),
        ({"DATABASE_URL": URL, "SECRET_KEY": KEY, "PORT": "x"}, "PORT"),
    ],
)
def test_make_serve_does_not_start_and_says_why_in_one_line(settings: dict[str, str], named: str) -> None:
    process = server.start(settings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    told, _ = process.communicate(timeout=30)
    assert process.returncode == 1
    [line] = told.decode().splitlines()
    assert line.startswith(f"not started: {named} ")
    assert PASSWORD not in line
