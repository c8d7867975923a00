"""Writing to people as they want to be written to, and what they want.

    tell(Notice(key="claim.3.2.paid", kind=MailKind.CLAIM, person=41, …))

A notice becomes a letter at once, a line of the next weekly digest, or nothing. `key` is said of what is told; the
person is added to it, so that each hears each thing once.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from cordee.people.models import DigestItem, MailChoice, MailKind, MailPace, Person, languages, paces
from cordee.records import journal, outbox
from cordee.records.outbox import Letter
from cordee.toolkit import clock
from cordee.toolkit.addresses import absolute

ONE_PERSON = signing.Signer(salt="people.mail", sep=".")
ONE_KIND = signing.Signer(salt="people.mail.stop", sep=".")


@dataclass(frozen=True, slots=True)
class Notice:
    """Something to tell one person, written in their language. `in_digest` False: too late once a week."""

    key: str
    kind: MailKind
    person: Person
    subject: str
    text: str
    about: str = ""
    in_digest: bool = True
    language: str = field(default_factory=lambda: translation.get_language() or settings.LANGUAGE_CODE)


def tell(kind: MailKind, notices: Iterable[Notice]) -> None:
    """Tell these notices of one kind, in the transaction of the caller. Telling again tells nothing more."""
    notices = list(notices)
    chosen = paces((notice.person.pk for notice in notices), kind)
    by_pace: defaultdict[str, list[Notice]] = defaultdict(list)
    for notice in notices:
        by_pace[chosen.get(notice.person.pk, MailPace.AT_ONCE)].append(notice)
    outbox.post(*map(_letter, by_pace[MailPace.AT_ONCE]))
    now = clock.now()
    weekly = [_digest_item(notice, now) for notice in by_pace[MailPace.WEEKLY] if notice.in_digest]
    DigestItem.objects.bulk_create(weekly, ignore_conflicts=True, batch_size=500)


def _letter(notice: Notice) -> Letter:
    person = notice.person
    with translation.override(notice.language):
        under = foot(person)
    return Letter(
        key=f"{notice.key}:{person.pk}",
        kind=notice.kind,
        about=notice.about,
        to=person.email or "",
        person_id=person.pk,
        subject=notice.subject,
        text=f"{notice.text}\n\n{under}",
        unsubscribe=stop_address(person, notice.kind),
        language=notice.language,
    )


def _digest_item(notice: Notice, now: datetime) -> DigestItem:
    return DigestItem(
        person=notice.person,
        kind=notice.kind,
        key=f"{notice.key}:{notice.person.pk}",
        about=notice.about,
        subject=notice.subject[:200],
        text=notice.text,
        created_at=now,
    )


def foot(person: Person) -> str:
    """What stands under every e-mail: where one chooses what to receive."""
    return "-- \n" + _("Choisir les courriels que vous recevez : %(url)s") % {"url": choices_address(person)}


def choices_address(person: Person) -> str:
    return absolute("people:mail_by_link", ONE_PERSON.sign(str(person.pk)))


def stop_address(person: Person, kind: str) -> str:
    return absolute("people:mail_stop", ONE_KIND.sign(f"{person.pk}-{kind}"))


def drop_waiting(about: str) -> None:
    """What a digest would have told of it is no longer true."""
    DigestItem.objects.filter(about=about, told_at=None).delete()


def choose_mail(*, person: Person, paces: Mapping[str, str], language: str, by: Person) -> None:
    """Keep what a person wants to receive, and in which language."""
    with transaction.atomic():
        chosen = dict(MailChoice.objects.filter(person=person).order_by("kind").values_list("kind", "pace"))
        before = {"language": person.language, **chosen}
        person.language = language
        person.save(update_fields=["language"])
        for kind, pace in paces.items():
            MailChoice.objects.update_or_create(person=person, kind=kind, defaults={"pace": pace})
        journal.write("mail.chosen", person, by=by, before=before, after={"language": language, **paces})


def stop_mail(*, person: Person, kind: str, by: Person) -> None:
    """Nothing of this kind any more. Asked again it changes nothing."""
    with transaction.atomic():
        MailChoice.objects.update_or_create(person=person, kind=kind, defaults={"pace": MailPace.NEVER})
        journal.write("mail.stopped", person, by=by, kind=kind)


def send_digests(*, until: datetime) -> int:
    """One letter to each person for what waited until then; the number of letters. May be run by two at once."""
    waiting = DigestItem.objects.filter(told_at=None, created_at__lte=until)
    people = Person.objects.filter(pk__in=waiting.order_by().values("person")).order_by("pk")
    spoken = languages(people, on=until.date())
    return sum(_send_digest(person, spoken[person.pk], until) for person in people)


@transaction.atomic
def _send_digest(person: Person, language: str, until: datetime) -> bool:
    waiting = DigestItem.objects.select_for_update().filter(person=person, told_at=None, created_at__lte=until)
    items = list(waiting.order_by("pk"))
    if not items:
        return False
    with translation.override(language):
        outbox.post(_digest(person, items))
    DigestItem.objects.filter(pk__in=[item.pk for item in items]).update(told_at=clock.now())
    return True


def _digest(person: Person, items: list[DigestItem]) -> Letter:
    told = "\n\n\n".join(f"{item.subject}\n\n{item.text}" for item in items)
    return Letter(
        key=f"digest.{items[-1].pk}:{person.pk}",
        kind="digest",
        to=person.email or "",
        person_id=person.pk,
        subject=_("Votre résumé de la semaine"),
        text=f"{told}\n\n{foot(person)}",
    )
