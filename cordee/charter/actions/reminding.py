"""Telling whoever answers for a dated row: a week before, on the last day, after it, and when someone asks for it.

Each is told once to each person, in their language and as they chose to be written to.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cordee.charter import policy
from cordee.charter.models import Nudge, NudgedPerson
from cordee.charter.models.dated import DatedTask, held_title, holders, tasks_about
from cordee.charter.rules.timeline import Stage, stage_on
from cordee.people.actions.mailing import Notice, drop_waiting, tell
from cordee.people.models import MailKind, MailPace, Person, languages, paces
from cordee.records import journal, outbox
from cordee.toolkit import clock
from cordee.toolkit.access import enforce
from cordee.toolkit.addresses import absolute
from cordee.toolkit.formats import date_long


@transaction.atomic
def remind_of_rows(on: date) -> None:
    """What a day asks to be told of the rows that are not done. Asked again the same day, it tells nothing more."""
    staged = [(task, stage_on(task.deadline, on)) for task in tasks_about(on) if not task.done_on]
    asked = [(task, stage) for task, stage in staged if stage is not None]
    held = holders((task for task, _stage in asked), on=on)
    spoken = languages((person for people in held.values() for person in people), on=on)
    notices = []
    for task, stage in asked:
        for person in held[task.identity]:
            with translation.override(spoken[person.pk]):
                notices.append(_notice(task, stage, person))
    tell(MailKind.TIMELINE, notices)


def _notice(task: DatedTask, stage: Stage, person: Person) -> Notice:
    """A day that moves is another day: it is told anew."""
    key = f"timeline.{task.identity}.{stage}.{task.deadline.last}"
    subject = _subjects()[stage] % {"what": held_title(task)}
    in_digest = stage is not Stage.ON_THE_DAY
    return Notice(key, MailKind.TIMELINE, person, subject, "\n".join(_lines(task)), about(task), in_digest)


def _subjects() -> dict[Stage, str]:
    return {
        Stage.BEFORE: _("Bientôt : %(what)s"),
        Stage.ON_THE_DAY: _("Aujourd’hui : %(what)s"),
        Stage.AFTER: _("En retard : %(what)s"),
    }


def _lines(task: DatedTask) -> list[str]:
    until = _("Au plus tard le %(day)s, selon l’échéancier du cadre.") % {"day": date_long(task.deadline.last)}
    return [until, absolute("charter:dated_task", *task.address)]


def about(task: DatedTask) -> str:
    """What its messages are of; its identity is longer than the outbox keeps."""
    return f"timeline.{hashlib.sha256(task.identity.encode()).hexdigest()[:24]}"


def forget_waiting(subject: str) -> None:
    """It is done: what was not handed over yet is no longer true."""
    outbox.withdraw(subject)
    drop_waiting(subject)


@dataclass(frozen=True, slots=True)
class Told:
    """`told` people now, `already` earlier that day; `unreachable` without an address, or who want no such e-mail."""

    told: int
    already: int
    unreachable: int


@transaction.atomic
def nudge(*, tasks: Iterable[DatedTask], by: Person, on: date) -> Told:
    """Tell whoever answers for those of `tasks` that are late, one letter each, once a day."""
    enforce(policy.can_remind(by, on=on))
    late: dict[Person, list[DatedTask]] = {}
    waiting = [task for task in tasks if task.is_late]
    held = holders(waiting, on=on)
    for task in waiting:
        for person in held[task.identity]:
            late.setdefault(person, []).append(task)
    reached = _reachable(late)
    told = _first_today(reached, by=by, on=on) if reached else set()
    spoken = languages(reached, on=on)
    notices = []
    for person in reached:
        if person.pk in told:
            with translation.override(spoken[person.pk]):
                notices.append(_nudged(person, late[person], on))
    tell(MailKind.TIMELINE, notices)
    return Told(len(told), len(reached) - len(told), len(late) - len(reached))


def _reachable(people: Iterable[Person]) -> list[Person]:
    people = list(people)
    chosen = paces((person.pk for person in people), MailKind.TIMELINE)
    return [person for person in people if person.email and chosen.get(person.pk) != MailPace.NEVER]


def _first_today(people: list[Person], *, by: Person, on: date) -> set[int]:
    """Who was not told that day yet: the database decides between two who click at once."""
    made = Nudge.objects.create(on=on, nudged_by=by, nudged_at=clock.now())
    NudgedPerson.objects.bulk_create(
        (NudgedPerson(nudge=made, person=person, on=on) for person in people), ignore_conflicts=True
    )
    told = set(made.people.order_by("pk").values_list("person", flat=True))
    if told:
        journal.write("timeline.nudged", made, by=by, people=len(told))
    else:
        made.delete()
    return told


def _nudged(person: Person, tasks: list[DatedTask], on: date) -> Notice:
    subject = ngettext("%(count)d échéance en retard", "%(count)d échéances en retard", len(tasks))
    lines = ["\n".join((held_title(task), *_lines(task))) for task in tasks]
    text = "\n\n".join([_("Voici ce qui vous attend."), *lines])
    return Notice(f"timeline.nudge.{on}", MailKind.TIMELINE, person, subject % {"count": len(tasks)}, text)
