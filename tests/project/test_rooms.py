"""The rooms of app/ and of db/functions/: imports go one way through the floors, playing is apart, no room is full."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests import ROOT

# From the ground up. A module stands where the longest of these names that fits it stands.
FLOORS = (
    {
        "app.settings",
        "app.setting_values",
        "app.keys",
        "app.partner_secrets",
        "app.errors",
        "app.logs",
        "app.database",
        "app.texts",
        "app.alert_words",
        "app.version",
    },
    {"app.webhooks", "app.worker"},
    {"app.pages"},
    {"app.operate"},
    {"app", "app.serve", "app.gunicorn_worker", "app.worker.__main__"},
    {"app.play"},
)
PAGES = ROOT / "app" / "pages"
FRAME = PAGES / "frame"


def name_of(path: Path) -> str:
    """app/pages/session.py is app.pages.session, app/pages/__init__.py is app.pages."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def fits(module: str, name: str) -> bool:
    """Whether the name is the module or a package around it; app is itself only."""
    return module == name or (name != "app" and module.startswith(f"{name}."))


def floor(module: str) -> int:
    """The floor of a module; fails for one that stands nowhere."""
    found = {name: number for number, names in enumerate(FLOORS) for name in names if fits(module, name)}
    assert found, f"{module} stands on no floor: put it into a room, or name its floor here"
    return found[max(found, key=len)]


def imports(source: str, modules: set[str]) -> Iterator[str]:
    """What a source imports, also within its functions: of `from a import b`, a.b where that is one of the modules."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "an import names the module in full"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in modules else str(node.module)


SOURCES = {name_of(path): path.read_text() for path in sorted((ROOT / "app").rglob("*.py"))}
IMPORTED = {module: set(imports(source, set(SOURCES))) for module, source in SOURCES.items()}
each_module = pytest.mark.parametrize("module", SOURCES)


@pytest.mark.parametrize(
    ("source", "imported"),
    [
        ("import app.play.demo", {"app.play.demo"}),
        ("from app import create_app", {"app"}),
        ("from app.play import demo, create_app", {"app.play.demo", "app.play"}),
        ("def f():\n    if True:\n        from app.play import demo", {"app.play.demo"}),
    ],
)
def test_an_import_is_seen_wherever_it_stands(source: str, imported: set[str]) -> None:
    assert set(imports(source, {"app", "app.play", "app.play.demo"})) == imported


@each_module
def test_nothing_is_imported_from_a_floor_above(module: str) -> None:
    ours = [name for name in IMPORTED[module] if fits(name, "app") or name.startswith("app.")]
    assert [name for name in ours if floor(name) > floor(module)] == []


def test_no_imports_go_in_a_circle() -> None:
    TopologicalSorter(IMPORTED).prepare()


@each_module
def test_nothing_of_production_imports_what_is_for_playing(module: str) -> None:
    played = [name for name in IMPORTED[module] if fits(name, "app.play")]
    assert fits(module, "app.play") or played == []


@each_module
def test_the_application_imports_no_tests_and_no_bench(module: str) -> None:
    assert [name for name in IMPORTED[module] if name.split(".")[0] in ("tests", "bench")] == []


@each_module
def test_the_words_of_one_page_are_for_that_page_alone(module: str) -> None:
    others = [name for name in IMPORTED[module] if name.endswith(".words") and not fits(module, name[: -len(".words")])]
    assert others == []


@pytest.mark.parametrize("template", sorted(PAGES.rglob("*.html")), ids=lambda path: str(path.relative_to(PAGES)))
def test_a_template_is_named_by_a_view_or_a_template_of_its_folder_or_frames_them_all(template: Path) -> None:
    beside = [path for path in template.parent.iterdir() if path.suffix in (".py", ".html") and path != template]
    views = "".join(path.read_text() for path in beside)
    assert template.parent == FRAME or f'"{template.name}"' in views


def test_no_two_templates_have_one_name() -> None:
    names = [path.name for path in PAGES.rglob("*.html")]
    assert len(names) == len(set(names))


def test_no_room_of_functions_is_full_or_has_one_file() -> None:
    files = Counter(path.parent.relative_to(ROOT).as_posix() for path in (ROOT / "db" / "functions").rglob("*.sql"))
    assert len(files) > 20
    assert {room: number for room, number in files.items() if not 1 < number <= 20} == {}
