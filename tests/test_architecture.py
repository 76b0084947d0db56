"""The house rules of the source, held by machine: layers, names, sizes, types, locks and templates."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.contrib.staticfiles import finders
from django.template import engines
from django.template.base import FilterExpression
from django.template.loader import get_template
from django.template.loader_tags import ExtendsNode, IncludeNode
from django.templatetags.static import StaticNode

ROOT = Path(__file__).resolve().parent.parent
LONGEST_FILE = 350
LONGEST_FUNCTION = 45
NAMES_THAT_SAY_NOTHING = re.compile(r"utils?|core|common|base|helpers?|services?|misc")
NAMED_BASE = {"home/base.py"}
# Written apart, so that this file does not hold what it forbids.
MACHINE_PATHS = ["/" + path for path in ("work/", "root/", "farm/", "tmp/bash_jobs")]
REGISTRY_HOSTS = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("registry", "npmjs"),
        ("repo", "maven"),
        ("repo1", "maven"),
        ("deb", "debian", "org"),
        ("proxy", "golang"),
    )
]
LEFT_OVERS = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"]) + r")\b")


def run(*command):
    return subprocess.run([str(part) for part in command], cwd=ROOT, capture_output=True, text=True)


def program(name):
    return Path(sys.executable).parent / name


def project_files(*patterns: str) -> list[Path]:
    """Every file that is tracked or about to be."""
    listed = run("git", "ls-files", "--cached", "--others", "--exclude-standard", "--", *patterns)
    assert listed.returncode == 0, listed.stderr
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).is_file()]


def python_files() -> list[Path]:
    return [path for path in project_files("*.py") if "migrations" not in path.parts]


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_import_contracts_hold():
    linted = run(program("lint-imports"), "--no-cache")
    assert linted.returncode == 0, linted.stdout + linted.stderr


def test_names_say_what_is_inside():
    nothing_said = {
        relative(path)
        for path in project_files("*.py")
        for name in (*path.relative_to(ROOT).parts[:-1], path.stem)
        if NAMES_THAT_SAY_NOTHING.fullmatch(name)
    }
    assert nothing_said <= NAMED_BASE


def test_files_are_short():
    lengths = {relative(path): len(path.read_text().splitlines()) for path in python_files()}
    assert {path: length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def function_lengths() -> Iterator[tuple[str, int]]:
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{relative(path)}:{node.lineno} {node.name}", node.end_lineno - node.lineno + 1


def test_functions_are_short():
    assert {name: length for name, length in function_lengths() if length > LONGEST_FUNCTION} == {}


def test_ruff_finds_nothing():
    checked = run(program("ruff"), "check", "--no-cache", "--output-format=concise", ".")
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_typed_modules_are_typed():
    checked = run(program("mypy"))
    assert checked.returncode == 0, checked.stdout + checked.stderr


def lines_matching(matches, *patterns: str) -> list[str]:
    found = []
    for path in project_files(*patterns):
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue  # a picture, a font or a document
        numbered = [(number, line.strip()[:120]) for number, line in enumerate(lines, 1) if matches(line)]
        found += [f"{relative(path)}:{number} {line}" for number, line in numbered]
    return found


@pytest.mark.parametrize("foreign", MACHINE_PATHS + REGISTRY_HOSTS)
def test_no_file_knows_a_machine_or_a_registry(foreign):
    assert lines_matching(lambda line: foreign in line) == []


def test_nothing_is_left_over():
    assert lines_matching(LEFT_OVERS.search, "*.py", "*.html", "*.css", "*.js") == []


def pins(lock: Path) -> dict[str, bool]:
    """`{"django==5.2.19": True}`: each pinned requirement and whether a hash follows it."""
    pinned, current = {}, None
    for line in lock.read_text().splitlines():
        if re.match(r"[\w.\[\],-]+==", line):
            current = line.split(" \\")[0]
            pinned[current] = False
        elif line.startswith("    --hash=sha256:"):
            pinned[current] = True
        else:
            assert line.startswith("#") or not line, f"{lock.name}: {line}"
    return pinned


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_requirements_are_locked_by_hash(name):
    pinned = pins(ROOT / name)
    assert pinned
    assert [pin for pin, is_hashed in pinned.items() if not is_hashed] == []


def test_the_development_lock_holds_all_of_the_ordinary_one():
    """Whatever else it needs, it tries the very versions that are shipped."""
    shipped, tried = (
        {pin.split(";")[0].strip() for pin in pins(ROOT / f"{name}.txt")}
        for name in ("requirements", "requirements-dev")
    )
    assert shipped - tried == set()


def catalogues() -> list[Path]:
    return sorted((ROOT / "portal" / "locale").glob("*/LC_MESSAGES/*.po"))


def meanings(entries) -> dict[tuple, tuple]:
    return {(e.msgctxt, e.msgid): (e.msgstr, e.msgstr_plural) for e in entries}


def test_compiled_catalogues_are_those_of_the_sources():
    assert catalogues()
    for source in catalogues():
        compiled = polib.mofile(source.with_suffix(".mo"))
        assert meanings(compiled) == meanings(polib.pofile(source).translated_entries()), relative(source)


def template_names() -> list[str]:
    folder = ROOT / "templates"
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def constant(expression) -> str | None:
    """The text of `{% include "components/card.html" %}`'s name; None when it is a variable."""
    value = expression.var if isinstance(expression, FilterExpression) else None
    return value if isinstance(value, str) and not expression.filters else None


@pytest.mark.parametrize("name", template_names())
def test_template_compiles_and_finds_its_parts(name):
    nodes = get_template(name).template.nodelist
    for extending in nodes.get_nodes_by_type(ExtendsNode):
        if part := constant(extending.parent_name):
            assert engines["django"].get_template(part)
    for including in nodes.get_nodes_by_type(IncludeNode):
        if part := constant(including.template):
            assert engines["django"].get_template(part)
    for static in nodes.get_nodes_by_type(StaticNode):
        if file := constant(static.path):
            assert finders.find(file), f"{name}: no static file {file}"


def test_there_are_templates():
    assert template_names()
