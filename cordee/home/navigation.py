from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.home.policy import can_read_mail
from cordee.people.models import Person
from cordee.toolkit.contributions import NavigationEntry, navigation


@navigation.contribute
def home_entry(person: Person, *, on: date) -> Iterator[NavigationEntry]:
    yield NavigationEntry(_("Accueil"), reverse("home:home"), "home", "/", 10)


@navigation.contribute
def mail_entry(person: Person, *, on: date) -> Iterator[NavigationEntry]:
    if can_read_mail(person, on=on):
        yield NavigationEntry(_("Courriels"), reverse("home:mail"), "mail", reverse("home:mail"), 43)
