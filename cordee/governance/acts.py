"""What the journal says of the acts of bodies, and what they were done to."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cordee.governance.models import Body, Decision
from cordee.people.models import Person
from cordee.toolkit.contributions import Subject, act_words, subjects

WORDS: Mapping[str, str | Promise] = {
    "body.member_named": _("a nommé une personne à un siège"),
    "body.naming_withdrawn": _("a retiré une nomination"),
    "mandate.notice_given": _("a inscrit l’avis d’un membre"),
    "mandate.notice_withdrawn": _("a retiré l’avis d’un membre"),
    "decision.recorded": _("a inscrit la décision"),
    "decision.corrected": _("a corrigé la décision"),
    "revision.step_taken": _("a inscrit une étape de l’adoption"),
    "revision.step_withdrawn": _("a retiré une étape de l’adoption"),
}


@act_words.contribute
def words() -> Iterable[tuple[str, str]]:
    return [(act, str(said)) for act, said in WORDS.items()]


@subjects.contribute
def decisions(person: Person, *, on: date, wanted: Mapping[str, Iterable[str]]) -> Iterator[Subject]:
    """One query for decisions, one for bodies, when some are wanted."""
    if keys := wanted.get(Decision._meta.label_lower):
        for one in Decision.objects.visible_to(person, on=on).filter(pk__in=keys).order_by("pk"):
            address = reverse("governance:decision", args=[one.pk])
            yield Subject(Decision._meta.label_lower, str(one.pk), f"{one.reference} {one.subject}", address)
    if keys := wanted.get(Body._meta.label_lower):
        for body in Body.objects.filter(pk__in=keys).order_by("pk"):
            address = reverse("governance:body", args=[body.key])
            yield Subject(Body._meta.label_lower, str(body.pk), body.acronym, address)
