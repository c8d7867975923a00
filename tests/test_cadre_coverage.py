"""docs/cadre-coverage.md is honest: each statement once, each place real, each rule it counts on in the edition."""

import re
from pathlib import Path

from cordee.reference.rulebook import parse_edition

ROOT = Path(__file__).resolve().parent.parent
STATEMENTS = 334
# A statement held by the edition: the rule that says it. More are added as they are checked one by one.
HELD_BY = {
    28: "statement.vision",
    29: "statement.mission",
    38: "statement.oath",
    90: "mandate.years",
    93: "deadline.executive.leaving",
    94: "deadline.executive.second-mandate",
    132: "type.supported.yearly-days",
    134: "type.priority-32.yearly-days",
    136: "type.priority-32.region",
    173: "type.supported.single-participation",
    203: "cap.outside-resource-fees",
    206: "rate.member-resource.day",
    222: "rate.professional.half-day",
    225: "rate.professional.day",
    226: "rate.teacher.day",
    227: "rate.special-education-technician.day",
    228: "rate.manager.day",
    233: "period.year-end.due",
}


def rows() -> list[tuple[int, str]]:
    page = (ROOT / "docs" / "cadre-coverage.md").read_text()
    return [(int(number), where) for number, where in re.findall(r"^\| (\d+) \| .* \| (.+?) \|$", page, re.M)]


def test_every_statement_stands_once():
    assert [number for number, _where in rows()] == list(range(1, STATEMENTS + 1))


def test_every_place_exists():
    for number, where in rows():
        if where != "pas encore":
            assert (ROOT / where.strip("`")).exists(), (number, where)


def test_what_the_edition_holds_is_in_it():
    edition = parse_edition((ROOT / "cordee/reference/editions/2024-2025.toml").read_text())
    keys = {rule.key for rule in edition.rules}
    covered = {number for number, where in rows() if where != "pas encore"}
    for number, key in HELD_BY.items():
        assert key in keys, key
        assert number in covered, number
