"""Later changes: what is owed now, less what submissions already hold, attendance by attendance.

The difference is taken name by name (organization, code, rate and category), so that the frozen lines and
their adjustments together are exactly the lines of today. An employer corrected after a submission is
therefore a minus in one organization and a plus in the other; a refusal that was settled comes back as a
positive line of its code.
"""

from collections.abc import Iterable

from cordee.treasury.rules.facts import FrozenLine, Line

Name = tuple[int, str, str, str, str]


def adjust(lines: Iterable[Line], frozen: Iterable[FrozenLine]) -> list[Line]:
    """The lines of the next claims. What no submission holds is given as it is; the rest as differences."""
    held = [one.line for one in frozen]
    if not held:
        return list(lines)
    known = {line.attendance for line in held}
    now: dict[Name, Line] = {}
    due: list[Line] = []
    for line in lines:
        if line.attendance in known:
            now[_name(line)] = line
        else:
            due.append(line)
    return [*_differences(now, _sums(held)), *due]


def _name(line: Line) -> Name:
    return (line.attendance, line.organization, line.code, line.rate_key, line.category)


def _sums(held: Iterable[Line]) -> dict[Name, Line]:
    """Frozen lines of one name as one, with the revision of the latest."""
    sums: dict[Name, Line] = {}
    for line in held:
        before = sums.get(_name(line))
        if before:
            line = line._replace(halves=before.halves + line.halves, cents=before.cents + line.cents)
        sums[_name(line)] = line
    return sums


def _differences(now: dict[Name, Line], before: dict[Name, Line]) -> list[Line]:
    """Now minus before, in the order of attendance; what did not change gives nothing."""
    differences = []
    for name in sorted(now.keys() | before.keys()):
        line = now.get(name) or before[name]
        new = (now[name].halves, now[name].cents) if name in now else (0, 0)
        old = (before[name].halves, before[name].cents) if name in before else (0, 0)
        if new != old:
            change = line._replace(halves=new[0] - old[0], cents=new[1] - old[1], adjusts=True)
            differences.append(change)
    return differences
