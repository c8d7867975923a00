"""The answer of a policy: yes, or no with a reason that can be shown."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """True when allowed; when not, `reason` is the sentence people read.

    `acting` is set when only what someone else delegated allows it: the key of who acts, and of whom they act for.
    """

    allowed: bool
    reason: str = ""
    acting: tuple[int, int] | None = None

    def __bool__(self) -> bool:
        return self.allowed


YES = Verdict(allowed=True)


def no(reason: str) -> Verdict:
    """A refusal. It always says why: an empty reason is a fault of the caller."""
    if not reason:
        raise ValueError("A refusal needs a reason.")
    return Verdict(allowed=False, reason=reason)
