"""Makes the bodies of the reviewed data out of their groups."""

from collections.abc import Iterable, Mapping

from cordee.governance.models import Body
from cordee.people.models import Group


def load_bodies(entries: Iterable[Mapping[str, str]], groups: Mapping[str, Group]) -> None:
    """Each entry names its group (`slug`), its `key` in the rules and its `acronym`. Those already there are kept."""
    known = set(Body.objects.order_by("pk").values_list("key", flat=True))
    Body.objects.bulk_create(
        Body(group=groups[entry["slug"]], key=entry["key"], acronym=entry["acronym"])
        for entry in entries
        if entry["key"] not in known
    )
