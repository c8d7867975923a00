"""The journal: searched by who keeps it, and read on each object as « Historique »."""

from collections.abc import Iterable, Mapping
from datetime import date, time, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.db.models import CharField, Model, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from cordee.communities.models import Community
from cordee.governance.models import Body
from cordee.meetings.models import Attendance, Meeting
from cordee.people.models import Group, Person
from cordee.privacy.forms import JournalFilter
from cordee.privacy.policy import can_read_history, can_read_journal
from cordee.privacy.wording import acts_in_words, persons_in, told
from cordee.records.models import JournalEntry
from cordee.toolkit import clock
from cordee.toolkit.access import enforce, requires, signed_in
from cordee.toolkit.contributions import Subject, subjects
from cordee.toolkit.listing import ListColumn, Listing

PAGE_SIZE = 50
MIDNIGHT = time(0)
PERSON = Person._meta.label_lower
STANDS_ON: Mapping[str, tuple[tuple[type[Model], str], ...]] = {
    Group._meta.label_lower: ((Community, "group"), (Body, "group")),
    Meeting._meta.label_lower: ((Attendance, "meeting"),),
}
COLUMNS = (
    ListColumn("at", gettext_lazy("Quand"), lambda entry: entry.at, order=("id",)),
    ListColumn("who", gettext_lazy("Qui"), lambda entry: entry.actor_name or ""),
    ListColumn("act", gettext_lazy("Acte"), lambda entry: acts_in_words().get(entry.act, entry.act)),
    ListColumn("subject", gettext_lazy("Sur quoi"), lambda entry: f"{entry.subject_kind} {entry.subject_id}"),
    ListColumn("for", gettext_lazy("Au nom de"), lambda entry: entry.for_name or "", file_only=True),
    ListColumn("channel", gettext_lazy("D’où"), lambda entry: " ".join(whence(entry)), wide=True),
    ListColumn("request", gettext_lazy("Requête"), lambda entry: entry.request_id, file_only=True),
)


@require_safe
@requires(can_read_journal)
def journal(request: HttpRequest) -> HttpResponse:
    form = JournalFilter(request.GET)
    form.is_valid()
    listing = Listing(request, with_names(found_by(form.cleaned_data)), COLUMNS, title=_("Journal"), form=form)
    for_page = {} if "file" in request.GET else {"entries": shown(listing.page, request.person, details=True)}
    return listing.response("privacy/journal.html", for_page)


@require_safe
@requires(signed_in)
def history(request: HttpRequest, kind: str, key: int) -> HttpResponse:
    """Of an object one sees. Details and addresses are for who keeps the journal."""
    today = clock.today()
    subject = next(iter(subjects.collect(request.person, on=today, wanted={kind: [str(key)]})), None)
    if subject is None:
        raise Http404
    keeps = can_read_journal(request.person, on=today)
    if not keeps:
        enforce(can_read_history(request.person, kind, key, on=today))
    entries = JournalEntry.objects.filter(about(kind, key)).select_related("detail").order_by("-id")
    page = Paginator(entries, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "subject": subject,
        "page_obj": page,
        "entries": shown(page, request.person, details=bool(keeps)),
        "crumbs": [{"label": subject.label, "url": subject.url}, {"label": _("Historique"), "url": ""}],
    }
    return render(request, "privacy/history.html", context)


def about(kind: str, key: int) -> Q:
    """Of the object itself, and of what stands on it: the community or the body of a group, the marks of a meeting."""
    wanted = Q(subject_kind=kind, subject_id=str(key))
    for model, field in STANDS_ON.get(kind, ()):
        keys = model._default_manager.filter(**{field: key}).order_by().values(as_text=Cast("pk", CharField()))
        wanted |= Q(subject_kind=model._meta.label_lower, subject_id__in=keys)
    return wanted


def found_by(asked: Mapping[str, Any]) -> QuerySet[JournalEntry]:
    found = JournalEntry.objects.select_related("detail").order_by("-id")
    if asked.get("q"):
        people = Person.objects.matching(q=asked["q"], on=clock.today()).order_by()
        keys = people.annotate(as_text=Cast("pk", CharField())).values("as_text")
        about = Q(subject_kind=PERSON, subject_id__in=keys)
        found = found.filter(Q(actor_id__in=people.values("pk")) | Q(for_id__in=people.values("pk")) | about)
    if asked.get("since"):
        found = found.filter(at__gte=clock.at(asked["since"], MIDNIGHT))
    if asked.get("until"):
        found = found.filter(at__lt=clock.at(asked["until"] + timedelta(days=1), MIDNIGHT))
    exact = {"act": "act", "request": "request_id", "kind": "subject_kind", "key": "subject_id"}
    return found.filter(**{field: asked[name] for name, field in exact.items() if asked.get(name)})


def with_names(entries: QuerySet[JournalEntry]) -> QuerySet[JournalEntry]:
    return entries.annotate(actor_name=_name("actor_id"), for_name=_name("for_id"))


def _name(field: str) -> Subquery:
    full = Concat("first_name", Value(" "), "last_name")
    return Subquery(Person.objects.filter(pk=OuterRef(field)).order_by().values(name=full))


def shown(entries: Iterable[JournalEntry], reader: Person, *, details: bool) -> list[dict[str, Any]]:
    """What a page shows of each: one query for the names, one for each kind of object there is."""
    entries, today = list(entries), clock.today()
    payloads = {entry.pk: payload_of(entry) if details else {} for entry in entries}
    wanted = {one for entry in entries for one in (entry.actor_id, entry.for_id) if one}
    names = names_of(wanted | persons_in(payloads.values()), reader, on=today)
    places, words = places_of(entries, reader, on=today), acts_in_words()
    return [
        {
            "entry": entry,
            "who": who(entry.actor_id, names),
            "for": who(entry.for_id, names) if entry.for_id else "",
            "text": words.get(entry.act, entry.act),
            "place": places.get((entry.subject_kind, entry.subject_id)),
            "told": list(told(payloads[entry.pk], names)),
            "whence": whence(entry) if details else [],
        }
        for entry in entries
    ]


def payload_of(entry: JournalEntry) -> dict[str, Any]:
    return entry.detail.payload if hasattr(entry, "detail") else {}


def names_of(keys: set[int], reader: Person, *, on: date) -> dict[int, str]:
    """Those whose name the reader may know."""
    people = Person.objects.named_to(reader, on=on).filter(pk__in=keys).distinct().order_by("pk")
    return {person.pk: person.full_name for person in people}


def places_of(entries: Iterable[JournalEntry], reader: Person, *, on: date) -> dict[tuple[str, str], Subject]:
    wanted: dict[str, set[str]] = {}
    for entry in entries:
        wanted.setdefault(entry.subject_kind, set()).add(entry.subject_id)
    return {(one.kind, one.key): one for one in subjects.collect(reader, on=on, wanted=wanted)}


def who(key: int | None, names: Mapping[int, str]) -> str:
    if key is None:
        return _("Le système")
    return names.get(key, _("Une personne de la coopérative"))


def whence(entry: JournalEntry) -> list[str]:
    """`Une page`, then its address when it is still there."""
    channels = {"page": _("Une page"), "task": _("Une tâche de fond"), "command": _("Une commande")}
    address = entry.detail.address if hasattr(entry, "detail") else ""
    return [part for part in (channels.get(entry.channel, ""), address) if part]
