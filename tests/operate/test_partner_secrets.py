"""Partners' secrets in the settings: which are good, which are shared, which are retired."""

from __future__ import annotations

import psycopg
import pytest
from psycopg.rows import DictRow

from app.operate.warnings import warnings
from app.settings import SettingsError
from tests.operate.environ import SECRET, SHORT, read
from tests.world.partners import new_secret

PLAIN = "plain-text-that-is-long-enough"


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


def test_at_start_a_secret_that_goes_out_and_comes_in_is_told() -> None:
    both = {"PARTNER_WEBHOOK_SECRET_HSI": SECRET, "PARTNER_OUTGOING_SECRET_JRI": SECRET}
    told, *_ = warnings(read(DATABASE_URL="postgresql:///nothing?host=/nowhere", **both))
    assert told.startswith("PARTNER_OUTGOING_SECRET_JRI and PARTNER_WEBHOOK_SECRET_HSI have a secret in common")
    assert SECRET.removeprefix("whsec_") not in told


def test_at_start_a_secret_that_two_partners_have_is_told() -> None:
    own = {"PARTNER_WEBHOOK_SECRET_HSI": SECRET, "PARTNER_WEBHOOK_SECRET_JRI": SECRET.removeprefix("whsec_")}
    told, *_ = warnings(read(DATABASE_URL="postgresql:///nothing?host=/nowhere", **own))
    assert told.startswith("PARTNER_WEBHOOK_SECRET_HSI and PARTNER_WEBHOOK_SECRET_JRI have a secret in common")
    assert SECRET.removeprefix("whsec_") not in told
