"""A deploy while others are at work, and one that was killed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from app.operate.deploy import Busy, DeployError, deploy, fingerprint, session
from tests.world import deploys
from tests.world.deploys import Tree
from tests.world.postgres import PgServer

# Others at the same time.


def test_of_two_deploys_at_once_one_waits_and_finds_nothing_to_do(empty_url: str) -> None:
    with deploys.connect(empty_url) as holder, deploys.connect(empty_url) as watch, ThreadPoolExecutor() as pool:
        with holder.transaction():
            holder.execute(session.FIRST_LOCK)
            both = [pool.submit(deploy, empty_url) for _ in range(2)]
            deploys.until(lambda: deploys.waiting_deploys(watch) == 2, "both deploys wait")
        second, first = sorted((future.result() for future in both), key=len)
    assert second == []
    assert len(first) == len(deploys.books(empty_url))


def test_a_deploy_gives_up_when_another_takes_too_long(db_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "DEPLOY_WAIT", "10ms")
    with deploys.connect(db_url) as holder, holder.transaction():
        holder.execute(session.TAKE_LOCK)
        with pytest.raises(DeployError, match="Another deploy"):
            deploy(db_url)


def test_a_reader_that_does_not_end_is_not_disturbed_and_nothing_of_the_code_stays(
    db_url: str, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "LOCK_WAITS", (10,))
    monkeypatch.setattr(session, "TRIES", 3)
    before = deploys.books(db_url)
    tree.touch("policies/programs.sql")
    with deploys.connect(db_url) as reader, reader.transaction():
        reader.execute("select count(*) from handoff.partner_events")
        with pytest.raises(Busy):
            deploy(db_url, tree.root)
        reader.execute("select count(*) from handoff.partners")
    assert deploys.books(db_url) == before
    assert deploy(db_url, tree.root)


def test_a_migration_that_must_wait_too_long_is_named(db_url: str, tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "LOCK_WAITS", (10,))
    monkeypatch.setattr(session, "TRIES", 3)
    tree.write("migrations/0099.wait.sql", "alter table handoff.programs add column note text;\n")
    with deploys.connect(db_url) as reader, reader.transaction():
        reader.execute("select count(*) from handoff.programs")
        with pytest.raises(Busy, match=r"db/migrations/0099\.wait\.sql"):
            deploy(db_url, tree.root)
    assert deploy(db_url, tree.root)[0] == "applied migrations/0099.wait.sql"


# Killed.


HOLD = """
create sequence public.visits;
create function public.hold() returns event_trigger language plpgsql security definer set lock_timeout = 0 as $$
begin
  if exists (
    select from pg_catalog.pg_event_trigger_ddl_commands() as c where c.object_identity = tg_place()
  ) and nextval('public.visits') = 1 then
    perform pg_catalog.pg_advisory_xact_lock(1);
  end if;
end;
$$;
create event trigger hold on ddl_command_end execute function public.hold();
"""
LET_GO = "drop event trigger hold; drop function public.hold(); drop sequence public.visits;"


@pytest.mark.parametrize(
    "place",
    [
        pytest.param("handoff_ops.deployed_files", id="before the first migration"),
        pytest.param("handoff_ops._yoyo_version", id="while yoyo makes its own tables"),
        pytest.param("handoff.programs", id="in the middle of the first migration"),
        pytest.param("handoff.enrollments", id="between two migrations"),
        pytest.param("handoff.partner_names()", id="among the functions"),
        pytest.param("student_reads_own on handoff.enrollments", id="among the policies"),
    ],
)
def test_a_deploy_that_was_killed_is_completed_by_the_next(
    place: str, empty: str, pg_server: PgServer, fresh: str
) -> None:
    """Its session waits at the place for a lock that it never gets; the next deploy gets past without any help."""
    url = pg_server.url(empty)
    with deploys.connect(url) as holder:
        holder.execute(HOLD.replace("tg_place()", f"'{place}'").encode())
        holder.execute("select pg_advisory_lock(1)")
        killed = deploys.start(url)
        deploys.until(lambda: deploys.waiting_deploys(holder) == 1, f"the deploy is at {place}")
        killed.kill()
        killed.communicate()
        deploy(url)
        assert deploys.waiting_deploys(holder) == 0
        holder.execute(LET_GO.encode())
    assert deploys.dump(pg_server, empty) == fresh
    assert deploys.value(url, "select handoff.deployed_fingerprint()") == fingerprint()
