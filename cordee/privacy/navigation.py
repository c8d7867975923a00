from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.people.models import Person
from cordee.privacy.policy import can_keep, can_keep_requests, can_read_journal
from cordee.toolkit.contributions import NavigationEntry, navigation


@navigation.contribute
def journal_entry(person: Person, *, on: date) -> Iterator[NavigationEntry]:
    if can_read_journal(person, on=on):
        yield NavigationEntry(_("Journal"), reverse("privacy:journal"), "clock", reverse("privacy:journal"), 44)


@navigation.contribute
def registers_entry(person: Person, *, on: date) -> Iterator[NavigationEntry]:
    """For who keeps what the law asks to be kept."""
    if can_keep_requests(person, on=on):
        yield NavigationEntry(_("Confidentialité"), reverse("privacy:requests"), "lock", reverse("privacy:policy"), 45)


@navigation.contribute
def retention_entry(person: Person, *, on: date) -> Iterator[NavigationEntry]:
    if can_keep(person, on=on):
        address = reverse("privacy:retention")
        yield NavigationEntry(_("Conservation"), address, "wait", address, 46)
