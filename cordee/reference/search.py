from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from cordee.people.models import Person
from cordee.reference.citation import label_of, rule_anchor
from cordee.reference.models import timeline
from cordee.reference.rulebook import NoRulebook
from cordee.reference.wording import says
from cordee.toolkit.contributions import Found, search
from cordee.values.school_year import SchoolYear

SHOWN = 6


@search.contribute
def rules(person: Person, *, on: date, words: str) -> Iterator[Found]:
    """The rules and articles in force that hold every word; each leads to its place in the framework."""
    year = SchoolYear.containing(on)
    try:
        book = timeline(year).on(on)
    except NoRulebook:
        return
    page = reverse("reference:edition", args=[str(year)])
    found = [rule for rule in book.rules if not rule.key.startswith("article.") and says(rule, words)]
    for rule in found[:SHOWN]:
        yield Found(label_of(rule), _("Cadre"), f"{page}#{rule_anchor(rule.key)}")
