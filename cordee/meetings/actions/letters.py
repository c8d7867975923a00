"""What is written to people about a meeting, each in their language: when, where, the agenda, where to answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.core import signing
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cordee.meetings import calendars
from cordee.meetings.models import AgendaItem, Meeting, Reply
from cordee.people.actions.mailing import foot
from cordee.people.models import Person
from cordee.records.outbox import Letter
from cordee.toolkit.addresses import absolute
from cordee.toolkit.formats import date_full, time_short

# The kind of the messages a calendar applies, in the outbox.
INVITATION = "invitation"
# Of one meeting and one person: whoever holds it answers for that person.
ANSWERS = signing.Signer(salt="meetings.answer", sep=".")


class Act(StrEnum):
    """What happened to a meeting, for those it concerns."""

    ANNOUNCED = "announced"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    RESTORED = "restored"
    JOINED = "joined"
    LEFT = "left"

    @property
    def is_off(self) -> bool:
        return self in (Act.CANCELLED, Act.LEFT)


SUBJECTS: dict[str, str | Promise] = {
    Act.ANNOUNCED: gettext_lazy("Invitation : %(what)s"),
    Act.JOINED: gettext_lazy("Invitation : %(what)s"),
    Act.CHANGED: gettext_lazy("Rencontre modifiée : %(what)s"),
    Act.CANCELLED: gettext_lazy("Rencontre annulée : %(what)s"),
    Act.RESTORED: gettext_lazy("Rencontre rétablie : %(what)s"),
    Act.LEFT: gettext_lazy("Retirée de votre calendrier : %(what)s"),
}
SENTENCES: dict[str, str | Promise] = {
    Act.ANNOUNCED: gettext_lazy("%(group)s vous invite à sa rencontre."),
    Act.JOINED: gettext_lazy("%(group)s, dont vous faites maintenant partie, vous invite à sa rencontre."),
    Act.CHANGED: gettext_lazy("La rencontre de %(group)s a changé. Votre calendrier suit ce courriel."),
    Act.CANCELLED: gettext_lazy("La rencontre de %(group)s est annulée."),
    Act.RESTORED: gettext_lazy("La rencontre de %(group)s aura lieu : son annulation est retirée."),
    Act.LEFT: gettext_lazy("Vous ne faites plus partie de %(group)s à cette date : rien ne vous attend ce jour-là."),
}
REPLIED: dict[str, str | Promise] = {
    Reply.YES: pgettext_lazy("in a letter", "Vous avez répondu oui."),
    Reply.NO: pgettext_lazy("in a letter", "Vous avez répondu non."),
    Reply.MAYBE: pgettext_lazy("in a letter", "Vous avez répondu peut-être."),
}


@dataclass(frozen=True, slots=True)
class Telling:
    """One act told to several people: what all their letters share."""

    meeting: Meeting
    act: Act
    by: str
    reason: str
    agenda: Sequence[AgendaItem]
    stamp: datetime

    def letter(self, person: Person) -> Letter:
        """To this person, in the language that is on."""
        meeting, is_off = self.meeting, self.act.is_off
        method = calendars.CANCEL if is_off else calendars.REQUEST
        body = "\n".join(self._body(person))
        return Letter(
            key=f"{about(meeting)}.{self.act}.{meeting.sequence}:{person.pk}",
            kind=INVITATION,
            about=about(meeting),
            to=person.email or "",
            person_id=person.pk,
            subject=str(SUBJECTS[self.act]) % {"what": what_and_when(meeting)},
            text=f"{body}\n\n{foot(person)}",
            calendar=calendars.invitation(meeting, person, method=method, stamp=self.stamp, description=body),
            method=method,
        )

    def _body(self, person: Person) -> Iterator[str]:
        yield str(SENTENCES[self.act]) % {"group": self.meeting.group.label}
        if self.reason:
            yield _("Motif : %(reason)s") % {"reason": self.reason}
        if self.by:
            yield _("Envoyé par %(person)s.") % {"person": self.by}
        yield from facts(self.meeting)
        if not self.act.is_off:
            yield from agenda_lines(self.agenda)
            yield from answer_lines(self.meeting, person)


def about(meeting: Meeting) -> str:
    """What names a meeting in the outbox."""
    return f"meeting.{meeting.pk}"


def answer_address(meeting: Meeting, person: Person) -> str:
    return absolute("meetings:answer", ANSWERS.sign(f"{meeting.pk}-{person.pk}"))


def what_and_when(meeting: Meeting) -> str:
    return _("%(group)s, %(day)s") % {"group": meeting.group.label, "day": date_full(meeting.date)}


def facts(meeting: Meeting) -> Iterator[str]:
    """An empty line, then what the meeting is, when and where."""
    yield ""
    if meeting.title:
        yield meeting.title
    yield _("Quand : %(day)s, de %(start)s à %(end)s") % {
        "day": date_full(meeting.date),
        "start": time_short(meeting.starts_at),
        "end": time_short(meeting.ends_at),
    }
    if where := ", ".join(filter(None, (meeting.place, meeting.address))):
        yield _("Où : %(place)s") % {"place": where}
    yield _("Modalité : %(modality)s") % {"modality": meeting.get_modality_display()}
    if meeting.link:
        yield _("Se joindre : %(url)s") % {"url": meeting.link}


def agenda_lines(agenda: Sequence[AgendaItem]) -> Iterator[str]:
    if not agenda:
        return
    yield ""
    yield _("Ordre du jour")
    for number, item in enumerate(agenda, start=1):
        minutes = _("%(count)s min") % {"count": item.minutes} if item.minutes else ""
        details = ", ".join(filter(None, (item.owner.full_name if item.owner else "", minutes)))
        yield f"{number}. {item.title} ({details})" if details else f"{number}. {item.title}"


def answer_lines(meeting: Meeting, person: Person, reply: str = "") -> Iterator[str]:
    """Where to answer, or to change what was answered."""
    yield ""
    if reply:
        yield str(REPLIED[reply])
        yield _("Changer de réponse : %(url)s") % {"url": answer_address(meeting, person)}
    else:
        yield _("Répondre oui, non ou peut-être : %(url)s") % {"url": answer_address(meeting, person)}
