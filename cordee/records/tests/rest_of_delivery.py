"""What comes after a delivery that was killed: its lease passes, and two others go on side by side."""

from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from cordee.records.models import Message
from cordee.toolkit.testing.processes import bring_back, starter


def two_go_on(folder: Path, *command: str, **variables: str) -> None:
    """Each with that command, on what the one that was killed left in the database."""
    bring_back(folder)
    Message.objects.filter(sent_at=None).update(sending_at=timezone.now() - timedelta(hours=1))
    start = starter(folder, **variables)
    others = [start(*command) for _ in range(2)]
    for one in others:
        one.communicate(timeout=120)
    assert [one.returncode for one in others] == [0, 0]
