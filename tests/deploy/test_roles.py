"""Who deploys, and the roles that the databases of a cluster share. On a cluster of its own: roles belong to it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from app.operate.deploy import deploy
from app.operate.seed import SCRIPT, seed
from app.play.demo import PAYLOADS, Demo
from tests import DB
from tests.deploy.files import COMPLETE_STEP
from tests.world import deploys, partners
from tests.world.deploys import Tree
from tests.world.postgres import PgServer, thrown_away
from tests.world.server import serving

DEPLOYER = "school_deployer"
BOOTSTRAP = (DB / "bootstrap.sql").read_bytes()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory, pg_server: PgServer) -> Iterator[PgServer]:
    """A server with a deployer who is no superuser; what a test deploys leaves its roles to the next."""
    with thrown_away(tmp_path_factory.mktemp("cluster"), pg_server.bindir) as server:
        deploys.execute(server.url("postgres"), f"create role {DEPLOYER} login createrole")
        yield server


@pytest.fixture
def untouched(tmp_path: Path, pg_server: PgServer) -> Iterator[PgServer]:
    """A server on which nothing was deployed yet."""
    with thrown_away(tmp_path / "cluster", pg_server.bindir) as server:
        yield server


def _deploy_and_seed(url: str) -> None:
    assert deploy(url)
    assert seed(url)
    assert deploy(url) == []
    assert seed(url) == []


def test_a_deployer_without_superuser_deploys_seeds_and_serves(cluster: PgServer, tmp_path: Path) -> None:
    """With one URL for everything: each connection takes its smaller role, on PostgreSQL 16 and later as well."""
    with deploys.database(cluster, "first_college", DEPLOYER) as name:
        url = cluster.url(name, DEPLOYER)
        _deploy_and_seed(url)
        secrets = {slug: partners.new_secret() for slug in PAYLOADS}
        settings = {f"PARTNER_WEBHOOK_SECRET_{slug.upper()}": secret for slug, secret in secrets.items()}
        with serving(settings | {"DATABASE_URL": url}, tmp_path / "server.log") as server:
            assert Demo(url, server.base_url, secrets, has_worker=False).run()


def test_a_deployer_without_superuser_drops_and_recreates_private_functions(cluster: PgServer, tmp_path: Path) -> None:
    tree, gone = Tree.copy(tmp_path), "functions/handoff_private/audit/is_small.sql"
    tree.write(gone, "create or replace function handoff_private.is_small() returns int language sql as 'select 1';\n")
    with (
        deploys.database(cluster, "first_college", DEPLOYER) as first,
        deploys.database(cluster, "second_college") as second,
    ):
        for url in (cluster.url(first, DEPLOYER), cluster.url(second)):
            deploy(url, tree.root)
        tree.remove(gone)
        tree.lengthen(COMPLETE_STEP)
        for url in (cluster.url(first, DEPLOYER), cluster.url(second)):
            dropped, recreated = deploy(url, tree.root)[-2:]
            assert dropped == "dropped handoff_private.is_small()"
            assert recreated.startswith("re-created handoff_private.complete_step(integer,")
        assert deploys.dump(cluster, first).replace(DEPLOYER, "postgres") == deploys.dump(cluster, second)


def test_the_same_deployer_and_then_a_superuser_deploy_more_databases(cluster: PgServer) -> None:
    with (
        deploys.database(cluster, "first_college", DEPLOYER) as first,
        deploys.database(cluster, "second_college", DEPLOYER) as second,
        deploys.database(cluster, "third_college") as third,
    ):
        _deploy_and_seed(cluster.url(first, DEPLOYER))
        roles = deploys.roles(cluster)
        _deploy_and_seed(cluster.url(second, DEPLOYER))
        _deploy_and_seed(cluster.url(third))
        assert deploys.roles(cluster) == roles
        assert deploy(cluster.url(first)) == []
        assert deploy(cluster.url(third, DEPLOYER)) == []


def test_a_deployer_gives_itself_no_role_but_handoffs(untouched: PgServer) -> None:
    """A school may have roles of its own with such names."""
    deploys.execute(
        untouched.url("postgres"),
        f"create role {DEPLOYER} login createrole",
        "create role handoff_auditors",
        "create role handoff_dba login",
    )
    with deploys.database(untouched, "first_college", DEPLOYER) as name:
        assert deploy(untouched.url(name, DEPLOYER))
        with psycopg.connect(untouched.url(name)) as connection:
            found = connection.execute(
                "select pg_has_role(%s, 'handoff_auditors', 'member'), pg_has_role(%s, 'handoff_owner', 'member'),"
                " (select count(*) from pg_db_role_setting where setrole = 'handoff_dba'::regrole)",
                [DEPLOYER, DEPLOYER],
            ).fetchone()
    assert found == (False, True, 0)


def test_a_deployer_who_may_not_grant_the_roles_is_told_what_a_superuser_does(cluster: PgServer) -> None:
    with deploys.database(cluster, "first_college") as name:
        deploy(cluster.url(name))
    deploys.execute(cluster.url("postgres"), "create role other_deployer login createrole")
    with deploys.database(cluster, "second_college", "other_deployer") as name:
        url = cluster.url(name, "other_deployer")
        if cluster_version(cluster) >= 160000:  # before, whoever may make roles may grant them
            with pytest.raises(psycopg.errors.InsufficientPrivilege) as caught:
                deploy(url)
            grant = str(caught.value.diag.message_hint).removeprefix("Let a superuser run: ")
            assert grant.startswith("grant handoff_owner, ") and grant.count("handoff_") == 10
            deploys.execute(cluster.url("postgres"), grant)
        _deploy_and_seed(url)


def cluster_version(cluster: PgServer) -> int:
    with psycopg.connect(cluster.url("postgres")) as connection:
        return connection.info.server_version


def test_a_dba_who_is_a_member_of_the_owner_configures_and_writes_rows(cluster: PgServer) -> None:
    with deploys.database(cluster, "first_college") as name:
        deploy(cluster.url(name))
        deploys.execute(cluster.url(name), "create role school_dba login inherit in role handoff_owner")
        url = cluster.url(name, "school_dba")
        assert cluster.bindir is not None
        said = subprocess.run(
            [cluster.bindir / "psql", "-X", url, "-f", SCRIPT], capture_output=True, text=True, check=True
        )
        assert said.stderr == ""
        assert seed(url) == []
        deploys.execute(
            url,
            "insert into handoff.partners (slug, name) values ('new-partner', 'A new partner')",
            "insert into handoff.programs (slug, name, category) values ('new-program', 'A new program', 'Business')",
            "insert into handoff.program_partners (program_slug, partner_slug, sequence_order)"
            " values ('new-program', 'new-partner', 1)",
            "select handoff.enroll_student(handoff.create_profile('ann@test.example', 'Ann Student'), 'new-program')",
        )
        with psycopg.connect(url) as connection:
            assert connection.execute("select s.status from handoff.enrollment_steps as s").fetchall() == [
                ("in_progress",)
            ]


def test_two_databases_of_one_cluster_are_deployed_for_the_first_time_at_once(untouched: PgServer) -> None:
    with (
        deploys.database(untouched, "first_college") as first,
        deploys.database(untouched, "second_college") as second,
        ThreadPoolExecutor() as pool,
    ):
        lines = list(pool.map(deploy, [untouched.url(first), untouched.url(second)]))
        assert lines[0] == lines[1] != []
        assert deploys.dump(untouched, first) == deploys.dump(untouched, second)


def test_a_deploy_waits_for_roles_that_another_database_is_making(untouched: PgServer) -> None:
    with deploys.database(untouched, "first_college") as first, deploys.database(untouched, "second_college") as second:
        with psycopg.connect(untouched.url(second)) as other, ThreadPoolExecutor() as pool:
            other.execute(BOOTSTRAP)
            deployed = pool.submit(deploy, untouched.url(first))
            _until_it_waits(untouched, first)
            other.commit()
            assert deployed.result()
        assert deploy(untouched.url(second))
        assert deploys.dump(untouched, first) == deploys.dump(untouched, second)


def test_a_deploy_waits_for_grants_that_another_database_is_making(untouched: PgServer) -> None:
    member, role = "handoff_worker_login", "handoff_worker"
    with deploys.database(untouched, "first_college") as first, deploys.database(untouched, "second_college") as second:
        deploy(untouched.url(first))
        before = deploys.roles(untouched)
        deploys.execute(untouched.url(first), f"revoke {role} from {member}")
        with psycopg.connect(untouched.url(first)) as other, ThreadPoolExecutor() as pool:
            other.execute(BOOTSTRAP)
            deployed = pool.submit(deploy, untouched.url(second))
            _until_it_waits(untouched, second)
            other.commit()
            assert deployed.result()
        assert deploys.roles(untouched) == before


def _until_it_waits(server: PgServer, dbname: str) -> None:
    with deploys.connect(server.url(dbname)) as connection:
        deploys.until(lambda: deploys.waiting_deploys(connection) == 1, f"the deploy of {dbname} waits")
