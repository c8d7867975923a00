"""Who may do what at a meeting. Rights come from memberships of its group and from duties, on the day one asks."""

from datetime import date

from django.utils.translation import gettext as _

from cordee.meetings.models import FollowUp, Meeting
from cordee.meetings.rights import DOCUMENTS, GROUPS, IMPORT, MARK, MINUTES, OUTSIDERS, PLAN, VALIDATE
from cordee.people.models import Group, Person
from cordee.people.rights import KEEPERS
from cordee.toolkit.contributions import calendar_feeds
from cordee.values.verdict import YES, Verdict, no

__all__ = ["KEEPERS"]


def runs(person: Person, group_id: int, *, on: date) -> bool:
    """Responsible manager, liaison or coordinator of the group; coordinator or secretary of the cooperative."""
    return PLAN.held_by(person, on=on, group=group_id)


def can_see_roster(person: Person, meeting: Meeting, *, on: date) -> Verdict:
    if runs(person, meeting.group_id, on=on) or person.oversees(on=on):
        return YES
    return no(_("La feuille de présences est réservée à ceux qui animent le groupe et à la coopérative."))


def can_mark(person: Person, meeting: Meeting, *, on: date) -> Verdict:
    otherwise = _("Les présences sont prises par ceux qui animent le groupe, la coordination ou la secrétaire.")
    return MARK.asked(person, on=on, group=meeting.group_id, otherwise=otherwise)


def can_validate(person: Person, meeting: Meeting, *, on: date) -> Verdict:
    """The same people: whoever closes the attendance may also take the validation back or correct afterwards."""
    otherwise = _("Les présences sont validées par ceux qui animent le groupe, la coordination ou la secrétaire.")
    return VALIDATE.asked(person, on=on, group=meeting.group_id, otherwise=otherwise)


def can_correct(person: Person, meeting: Meeting, *, on: date) -> Verdict:
    return can_validate(person, meeting, on=on)


def can_add_forgotten(person: Person, meeting: Meeting, forgotten: Person, *, on: date) -> Verdict:
    """After the validation: whoever runs the group, for who is or was of it. Before, anyone is added by name."""
    verdict = can_correct(person, meeting, on=on)
    if verdict and not meeting.group.memberships.filter(person=forgotten).exists():
        return can_add_outsiders(person, on=on)
    return verdict


def can_add_outsiders(person: Person, *, on: date) -> Verdict:
    """After the validation, people who are not of the group, or whom nobody had recorded."""
    otherwise = _(
        "Après la validation, qui n’est pas du groupe est ajouté par la coordination ou la secrétaire."
        " Demandez-le-leur, ou retirez d’abord la validation."
    )
    return OUTSIDERS.asked(person, on=on, otherwise=otherwise)


def can_cancel(person: Person, meeting: Meeting, *, on: date) -> Verdict:
    otherwise = _("Une rencontre est annulée par ceux qui animent le groupe, la coordination ou la secrétaire.")
    return PLAN.asked(person, on=on, group=meeting.group_id, otherwise=otherwise)


def can_change(person: Person, meeting: Meeting, *, on: date) -> Verdict:
    """Announce it, move it, write its agenda, say where it is held."""
    otherwise = _("Une rencontre est modifiée par ceux qui animent le groupe, la coordination ou la secrétaire.")
    return PLAN.asked(person, on=on, group=meeting.group_id, otherwise=otherwise)


def can_see_agenda(person: Person, meeting: Meeting, *, on: date) -> Verdict:
    if meeting.group_id in person.standing(on).groups() or person.oversees(on=on):
        return YES
    return no(_("L’ordre du jour est réservé au groupe et à la coopérative."))


def can_plan_for(person: Person, group_id: int, *, on: date) -> Verdict:
    otherwise = _("Une rencontre est ajoutée par ceux qui animent le groupe, la coordination ou la secrétaire.")
    return PLAN.asked(person, on=on, group=group_id, otherwise=otherwise)


def can_plan(person: Person, *, on: date) -> Verdict:
    """Whether there is any group for which this person may add a meeting."""
    otherwise = _("Une rencontre est ajoutée par ceux qui animent un groupe, la coordination ou la secrétaire.")
    return PLAN.asked(person, on=on, otherwise=otherwise)


def can_import(person: Person, *, on: date) -> Verdict:
    """Whoever runs a group imports for it; the coordinator and the secretary for every group."""
    otherwise = _("Les présences sont importées par ceux qui animent un groupe, la coordination ou la secrétaire.")
    return IMPORT.asked(person, on=on, otherwise=otherwise)


def can_import_for(person: Person, group_id: int, *, on: date) -> Verdict:
    otherwise = _("Vous n’animez pas ce groupe : ses présences sont importées par ceux qui l’animent ou la secrétaire.")
    return IMPORT.asked(person, on=on, group=group_id, otherwise=otherwise)


def can_create_groups(person: Person, *, on: date) -> Verdict:
    otherwise = _("Un groupe est créé par la coordination ou la secrétaire. Demandez-le, ou rattachez ces lignes.")
    return GROUPS.asked(person, on=on, otherwise=otherwise)


def can_subscribe(person: Person, group: Group | None, what: str = "", *, on: date) -> Verdict:
    """One’s own meetings; those of a group one belongs to, or of any for who oversees the cooperative; what other rooms
    offer this person that day."""
    if what and what not in {feed.what for feed in calendar_feeds.collect(person, on=on)}:
        return no(_("Ce calendrier est réservé à qui en tient le rôle aujourd’hui."))
    if group is None or group.pk in person.standing(on).groups() or person.oversees(on=on):
        return YES
    return no(_("Le calendrier d’un groupe est réservé à ses membres."))


def can_read_minutes(person: Person, meeting: Meeting, *, on: date) -> Verdict:
    """Members of the group, who oversees the cooperative, and whoever was there. Not who only bills for them."""
    if meeting.group_id in person.standing(on).groups() or person.oversees(on=on):
        return YES
    if meeting.attendances.filter(person=person).exclude(portion="").exists():
        return YES
    return no(_("Le compte rendu est réservé aux membres du groupe et à ceux qui étaient là."))


def can_write_minutes(person: Person, meeting: Meeting, *, on: date) -> Verdict:
    """Write them, approve them in the name of the members, lock and correct them."""
    otherwise = _("Le compte rendu est écrit par ceux qui animent le groupe, la coordination ou la secrétaire.")
    return MINUTES.asked(person, on=on, group=meeting.group_id, otherwise=otherwise)


def can_finish(person: Person, follow_up: FollowUp, *, on: date) -> Verdict:
    if follow_up.owner_id == person.pk:
        return YES
    otherwise = _("Un suivi est dit fait par la personne qui l’a pris, ou par ceux qui animent le groupe.")
    return MINUTES.asked(person, on=on, group=follow_up.meeting.group_id, otherwise=otherwise)


def can_add_documents(person: Person, meeting: Meeting, *, on: date) -> Verdict:
    otherwise = _("Les documents sont déposés par ceux qui animent le groupe, la coordination ou la secrétaire.")
    return DOCUMENTS.asked(person, on=on, group=meeting.group_id, otherwise=otherwise)
