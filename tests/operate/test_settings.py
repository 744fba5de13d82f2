"""Settings: what is right is read, what is malformed is one clear line that names the variable and tells no secret."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable

import psycopg
import pytest
from psycopg.rows import DictRow

from app.operate.warnings import warnings
from app.settings import Settings, SettingsError
from tests import ROOT
from tests.world import server
from tests.world.partners import new_secret

KEY = "k" * 32
SECRET = new_secret()
PLAIN = "plain-text-that-is-long-enough"
SHORT = "dG9vIHNob3J0IGZvciBhIGtleQ=="  # 19 bytes, in 28 characters
PASSWORD = "correct-horse-battery-staple"
URL = f"postgresql://handoff:{PASSWORD}@db.example/handoff"


def read(**environ: str) -> Settings:
    """The settings of an environment."""
    return Settings.from_environ(environ)


def test_without_any_setting_the_defaults_hold() -> None:
    settings = read()
    assert (settings.host, settings.port, settings.base_url) == ("127.0.0.1", 8000, "http://127.0.0.1:8000")
    assert settings.names_no_database
    assert not settings.secure
    assert settings.secrets_for("hsi") == ((), False)


def test_an_empty_or_blank_variable_counts_as_unset() -> None:
    names = ("DATABASE_URL", "PAGES_DATABASE_URL", "WEBHOOK_DATABASE_URL", "PORT", "HOST", "BASE_URL", "SECRET_KEY")
    more = ("SMTP_URL", "MAIL_FROM", "HANDOFF_PRINT_LINKS", "PARTNER_WEBHOOK_SECRET", "PARTNER_WEBHOOK_SECRET_HSI")
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
    )
    assert (settings.port, settings.base_url, settings.secure) == (9000, "https://handoff.example", True)
    assert settings.print_links
    assert settings.secrets_for("hsi") == ((SECRET,), False)
    settings.require_for_serving()


def test_the_base_url_follows_the_port() -> None:
    assert read(PORT="8123").base_url == "http://127.0.0.1:8123"


# Partner secrets


def test_a_slugs_dashes_are_underscores_in_the_name_of_its_secret() -> None:
    assert read(PARTNER_WEBHOOK_SECRET_JOB_READY_2=SECRET).secrets_for("job-ready-2") == ((SECRET,), False)


def test_several_secrets_are_separated_by_spaces() -> None:
    other = new_secret()
    assert read(PARTNER_WEBHOOK_SECRET_HSI=f" {SECRET}  {other}\n").secrets_for("hsi") == ((SECRET, other), False)


def test_the_shared_secret_is_for_partners_that_have_none_of_their_own() -> None:
    settings = read(PARTNER_WEBHOOK_SECRET=PLAIN, PARTNER_WEBHOOK_SECRET_HSI=SECRET, PARTNER_WEBHOOK_SECRET_JRI="")
    assert settings.secrets_for("hsi") == ((SECRET,), False)
    assert settings.secrets_for("jri") == settings.secrets_for("milady") == ((PLAIN,), True)


@pytest.mark.parametrize(
    ("environ", "scheme", "state"),
    [
        ({}, "standard", "missing"),
        ({"PARTNER_WEBHOOK_SECRET_HSI": SECRET}, "standard", "own"),
        ({"PARTNER_WEBHOOK_SECRET": SECRET}, "standard", "shared"),
        ({"PARTNER_WEBHOOK_SECRET_HSI": SHORT}, "standard", "unusable"),
        ({"PARTNER_WEBHOOK_SECRET_HSI": SHORT}, "hmac-sha256", "own"),
        ({"PARTNER_WEBHOOK_SECRET_HSI": PLAIN}, "standard", "unusable"),
        ({"PARTNER_WEBHOOK_SECRET_HSI": f"{SECRET} {PLAIN}"}, "standard", "unusable"),
        ({"PARTNER_WEBHOOK_SECRET": PLAIN}, "standard", "unusable"),
        ({"PARTNER_WEBHOOK_SECRET_HSI": PLAIN}, "hmac-sha256", "own"),
        ({"PARTNER_WEBHOOK_SECRET_HSI": PLAIN}, "shared-secret", "own"),
    ],
)
def test_the_state_of_a_partners_secret_is_known(environ: dict[str, str], scheme: str, state: str) -> None:
    assert read(**environ).secret_state("hsi", scheme) == state


def test_at_start_each_partner_with_a_missing_shared_or_unusable_secret_is_named(
    db_url: str, db: psycopg.Connection[DictRow]
) -> None:
    db.execute("update handoff.partners set status = 'retired' where slug = 'milady'")
    settings = read(DATABASE_URL=db_url, PARTNER_WEBHOOK_SECRET_HSI=SECRET, PARTNER_WEBHOOK_SECRET_JRI=PLAIN)
    told = warnings(settings)
    assert [line.split()[1] for line in told] == ["careersafe", "certiport", "jri"]
    assert not any(PLAIN in line for line in told)
    shared = read(DATABASE_URL=db_url, PARTNER_WEBHOOK_SECRET=SECRET, PARTNER_WEBHOOK_SECRET_HSI=SECRET)
    in_common, *named = warnings(shared)
    assert in_common.startswith("PARTNER_WEBHOOK_SECRET and PARTNER_WEBHOOK_SECRET_HSI have a secret in common")
    assert [line.split()[1] for line in named] == ["careersafe", "certiport", "jri"]
    assert all("PARTNER_WEBHOOK_SECRET" in line and SECRET not in line for line in warnings(shared))


def test_at_start_a_database_that_is_away_is_a_line_and_no_reason_not_to_start() -> None:
    [line] = warnings(read(DATABASE_URL=f"postgresql://u:{PASSWORD}@/nothing?host=/nowhere"))
    assert PASSWORD not in line


# Retired secrets


def test_a_retired_secret_may_be_as_bad_as_the_reason_to_retire_it() -> None:
    settings = read(PARTNER_RETIRED_SECRET_JOB_READY_2=f"old {SECRET}", PARTNER_WEBHOOK_SECRET_JOB_READY_2=new_secret())
    assert settings.retired_for("job-ready-2") == ("old", SECRET)
    assert settings.retired_for("hsi") == ()


@pytest.mark.parametrize("written", [SECRET, SECRET.removeprefix("whsec_")])
@pytest.mark.parametrize("name", ["PARTNER_WEBHOOK_SECRET_HSI", "PARTNER_WEBHOOK_SECRET"])
def test_a_secret_is_not_retired_and_in_use_at_once(name: str, written: str) -> None:
    with pytest.raises(
        SettingsError, match=r"^PARTNER_RETIRED_SECRET_HSI has a secret that is still in use"
    ) as refused:
        read(**{name: f"{new_secret()} {SECRET}", "PARTNER_RETIRED_SECRET_HSI": f"old {written}"})
    assert SECRET.removeprefix("whsec_") not in str(refused.value)


def test_the_shared_secret_can_be_retired_for_a_partner_that_has_its_own() -> None:
    settings = read(
        PARTNER_WEBHOOK_SECRET=SECRET, PARTNER_WEBHOOK_SECRET_HSI=new_secret(), PARTNER_RETIRED_SECRET_HSI=SECRET
    )
    assert settings.retired_for("hsi") == (SECRET,)


def test_at_start_a_secret_that_two_partners_have_is_told() -> None:
    own = {"PARTNER_WEBHOOK_SECRET_HSI": SECRET, "PARTNER_WEBHOOK_SECRET_JRI": SECRET.removeprefix("whsec_")}
    told, *_ = warnings(read(DATABASE_URL="postgresql:///nothing?host=/nowhere", **own))
    assert told.startswith("PARTNER_WEBHOOK_SECRET_HSI and PARTNER_WEBHOOK_SECRET_JRI have a secret in common")
    assert SECRET.removeprefix("whsec_") not in told


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
        (name, value)
        for name in ("PARTNER_WEBHOOK_SECRET", "PARTNER_WEBHOOK_SECRET_HSI")
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


# The list of settings in the documents

DOCUMENT = ROOT / "docs" / "operate" / "settings.md"


def documented(heading: str) -> dict[str, list[str]]:
    """The rows of the table under a heading: the other cells by the setting's name."""
    section = DOCUMENT.read_text().split(f"\n## {heading}\n")[1].split("\n## ")[0]
    rows = re.findall(r"^\| `([A-Z_<>]+)` \|(.*)\|$", section, re.MULTILINE)
    return {name: [cell.strip() for cell in cells.split("|")] for name, cells in rows}


def test_the_documents_list_every_setting_of_the_web_application_and_no_other() -> None:
    source = (ROOT / "app" / "settings.py").read_text()
    names = set(re.findall(r'"([A-Z]+(?:_[A-Z]+)*)"', source)) | {
        "PARTNER_WEBHOOK_SECRET_<SLUG>",
        "PARTNER_RETIRED_SECRET_<SLUG>",
    }
    assert set(documented("The web application")) == names


def test_the_documents_list_every_other_variable_that_is_read() -> None:
    read_elsewhere = set()
    for folder in ("app", "tests"):
        for path in (ROOT / folder).rglob("*.py"):
            read_elsewhere |= set(re.findall(r'environ(?:\.get\(|\[)"([A-Z_]+)"', path.read_text()))
    listed = set(documented("The web application")) | set(documented("Development and tests"))
    assert read_elsewhere <= listed


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HOST", lambda: read().host),
        ("PORT", lambda: str(read().port)),
        ("BASE_URL", lambda: read().base_url.replace("8000", "<PORT>")),
    ],
)
def test_the_documented_defaults_are_the_real_ones(name: str, value: Callable[[], str]) -> None:
    assert documented("The web application")[name][-1] == f"`{value()}`"
