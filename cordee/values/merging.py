"""Two texts written at once become one in which nothing of either is missing."""

from difflib import SequenceMatcher


def joined(theirs: str, mine: str) -> str:
    """Line by line: what is in both once, then where they differ theirs before mine."""
    ours, yours = theirs.split("\n"), mine.split("\n")
    lines: list[str] = []
    for tag, start, end, from_mine, to_mine in SequenceMatcher(None, ours, yours, autojunk=False).get_opcodes():
        lines += ours[start:end]
        if tag != "equal":
            lines += yours[from_mine:to_mine]
    return "\n".join(lines)
