"""The answers given in a preview: kept as typed, under the key of their question."""

import re
from collections.abc import Mapping
from hashlib import blake2s

from cordee.meetings.imports.cells import fold

type Answer = dict[str, str]
type Answers = dict[str, Answer]

FIELDS = "act|other|name|number|kind|first|last|email|organization|category|planned|modality"
NAMED = re.compile(rf"([bdeghmop]-[0-9a-f]{{12}})-({FIELDS})")
REASON = "reason"


def key_of(kind: str, *parts: object) -> str:
    """`g-3f…`: the same question has the same key whenever the preview is made again."""
    text = "\x1f".join(fold(part) if isinstance(part, str) else str(part) for part in parts)
    return f"{kind}-{blake2s(text.encode(), digest_size=6).hexdigest()}"


def with_typed(answers: Answers, typed: Mapping[str, str]) -> Answers:
    """The answers, with those of a form that shows some of the questions. Foreign names are left aside."""
    merged = {key: dict(answer) for key, answer in answers.items()}
    for name, value in typed.items():
        if found := NAMED.fullmatch(name):
            merged.setdefault(found[1], {})[found[2]] = value.strip()[:160]
    if REASON in typed:
        merged[REASON] = {"text": " ".join(typed[REASON].split())[:200]}
    return merged
