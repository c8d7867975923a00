"""The lock means the same on every machine, and every dependency is accounted for."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK_TEXT = (ROOT / "uv.lock").read_text(encoding="utf-8")
LOCK = tomllib.loads(LOCK_TEXT)
PUBLIC = {"https://pypi.org", "https://files.pythonhosted.org"}
ROW = re.compile(r"^\| ([\w.-]+) \| (\S+) \| (.+?) \| (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)


def named_dependencies() -> list[str]:
    named = [*PYPROJECT["project"]["dependencies"], *PYPROJECT["dependency-groups"]["dev"]]
    return [re.match(r"[\w.-]+", line)[0] for line in named]


def locked_version(name: str) -> str:
    (package,) = [package for package in LOCK["package"] if package["name"] == name]
    return package["version"]


def test_the_lock_names_no_host_but_the_public_registry():
    hosts = set(re.findall(r"\w+://[^/\"]*", LOCK_TEXT))
    assert hosts == PUBLIC


def test_the_lock_holds_no_path_of_a_machine():
    assert not re.search(r"\b(path|directory|editable|url) = \"(?!https://)", LOCK_TEXT)
    sources = {tuple(package["source"]) for package in LOCK["package"]}
    assert sources == {("registry",), ("virtual",)}
    assert [package["name"] for package in LOCK["package"] if "virtual" in package["source"]] == ["cordee"]


def test_the_python_that_may_be_used_is_capped_and_the_lock_says_the_same():
    asked = PYPROJECT["project"]["requires-python"]
    assert re.fullmatch(r">=3\.\d+,<3\.\d+", asked)
    assert LOCK["requires-python"].replace(" ", "") == asked


def test_every_dependency_has_its_line_with_the_version_of_the_lock():
    lines = {name: version for name, version, *_ in ROW.findall((ROOT / "docs/dependencies.md").read_text())}
    assert set(named_dependencies()) == lines.keys() - {"package"}
    series = {name: version.split(".")[0] for name, version in lines.items() if name != "package"}
    assert series == {name: locked_version(name).split(".")[0] for name in named_dependencies()}


def test_the_licence_is_declared_by_its_identifier():
    assert PYPROJECT["project"]["license"] == "LiLiQ-R-1.1"
    assert "`LiLiQ-R-1.1`" in (ROOT / "LICENCE.md").read_text(encoding="utf-8")
