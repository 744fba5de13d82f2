"""What looking for a person costs with 200 and with 100,000 students, under the admin's row-level security."""

from __future__ import annotations

import statistics

import psycopg

from app.operate.postgres import embedded
from bench import database

SIZES = (200, 100_000)
ASKED = ("jose", "j", "smith an", "d'angelo", "ann.lee-77@school.example", "zzz", "h-177")
ROUNDS = 40
PEOPLE = """
insert into handoff.profiles (email, full_name, role, created_at)
select
  lower(f.first || '.' || replace(l.last, '''', '') || '-' || n || '@school.example'), f.first || ' ' || l.last,
  'student', now()
from generate_series(1, %s) as n
cross join lateral (
  select (array[
    'José', 'Ann', 'Łukasz', 'Maria', 'John', 'Wei', 'Fatima', 'Olu', 'Zoë', 'Anders', 'Priya', 'Jamal', 'Juan'
  ])[1 + n %% 13]
) as f (first)
cross join lateral (
  select (array[
    'Lee', 'Smith', 'D''Angelo', 'Núñez', 'Patel', 'Kowalski', 'Okafor', 'Smith-Jones', 'Nguyen', 'Haddad', 'Brown'
  ])[1 + n / 13 %% 11]
) as l (last)
"""
ACCOUNTS = """
insert into handoff.partner_accounts (partner_slug, external_student_id, student_id, linked_at)
select 'hsi', 'h-' || row_number() over (), p.id, now() from handoff.profiles as p
"""


def show(server: embedded.Server) -> None:
    """Prints the time of a search by what is looked for."""
    print(f"\nsearch, {ROUNDS} calls of handoff.find_anything() each, as an admin")
    print(f"{'students':>9} {'asked':<26} {'found':>5} {'p50, p99 ms':>15}")
    for size in SIZES:
        name = f"search_{size}"
        database.create(server, name, students=0, history=0)
        with psycopg.connect(server.url(name), autocommit=True) as db:
            db.execute(PEOPLE, [size])
            db.execute(ACCOUNTS)
            db.execute("vacuum analyze")
            with database.as_admin(db):
                for asked in ASKED:
                    took, found = database.times(db, ROUNDS, "select * from handoff.find_anything(%s)", asked)
                    p99 = statistics.quantiles(took, n=100)[98]
                    print(f"{size:>9} {asked:<26} {found:>5} {statistics.median(took):>7.2f} {p99:>7.2f}")
        database.drop(server, name)
