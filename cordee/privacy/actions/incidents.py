"""The register of incidents: written, corrected with a trace, removed only once the law no longer keeps it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from cordee.people.models import Person
from cordee.privacy import policy
from cordee.privacy.actions import refusals
from cordee.privacy.models import SAID, Incident, IncidentCorrection, delays_on
from cordee.records import journal
from cordee.reference.models import Edition
from cordee.toolkit import clock
from cordee.toolkit.access import enforce
from cordee.values.school_year import SchoolYear

DAYS = ("happened_on", "happened_until", "aware_on", "told_commission_on", "told_persons_on", "public_notice_on")


@transaction.atomic
def record_incident(*, said: Mapping[str, Any], by: Person, on: date) -> Incident:
    """Write an incident down; `said` holds the fields of the regulation by name. Raises InTheFuture, NoticeAndRisk."""
    enforce(policy.can_keep_incidents(by, on=on))
    _refuse_unless_sound(said, on=on)
    year = str(SchoolYear.containing(said["aware_on"]))
    list(Edition.objects.select_for_update().order_by("pk").values_list("pk", flat=True))
    last = Incident.objects.filter(year=year).aggregate(last=Max("number"))["last"]
    incident = Incident.objects.create(
        year=year,
        number=(last or 0) + 1,
        **{name: said[name] for name in SAID},
        kept_until=delays_on(said["aware_on"]).kept_until(said["aware_on"]),
        recorded_by=by,
        recorded_at=clock.now(),
    )
    journal.write("incident.recorded", incident, by=by, reference=incident.reference, serious=incident.is_serious)
    return incident


def _refuse_unless_sound(said: Mapping[str, Any], *, on: date) -> None:
    if any(said[name] and said[name] > on for name in DAYS):
        raise refusals.InTheFuture
    if not said["is_serious"] and (said["told_commission_on"] or said["told_persons_on"]):
        raise refusals.NoticeAndRisk


@transaction.atomic
def correct_incident(
    *, incident: Incident, said: Mapping[str, Any], reason: str, seen: int, by: Person, on: date
) -> Incident:
    """Complete or correct it: what it said before stays in a row of its own. `seen` is the version one started from.

    Raises Stale, ReasonMissing, and as `record_incident`. It is kept from the day it is known, were that corrected.
    """
    enforce(policy.can_keep_incidents(by, on=on))
    incident = Incident.objects.select_for_update(of=("self",)).get(pk=incident.pk)
    if incident.version != seen:
        raise refusals.Stale
    _refuse_unless_sound(said, on=on)
    changed = [name for name in SAID if getattr(incident, name) != said[name]]
    if not changed:
        return incident
    if not reason.strip():
        raise refusals.ReasonMissing
    before = {name: getattr(incident, name) for name in changed}
    after = {name: said[name] for name in changed}
    for name, value in after.items():
        setattr(incident, name, value)
    incident.version += 1
    incident.kept_until = max(incident.kept_until, delays_on(incident.aware_on).kept_until(incident.aware_on))
    incident.save(update_fields=[*changed, "version", "kept_until"])
    made = {"before": before, "after": after, "reason": reason.strip()}
    IncidentCorrection.objects.create(incident=incident, **made, corrected_by=by, corrected_at=clock.now())
    journal.write("incident.corrected", incident, by=by, fields=changed, reason=reason.strip())
    return incident


@transaction.atomic
def remove_incident(*, incident: Incident, by: Person, on: date) -> None:
    """Take it out of the register with its corrections. Raises StillKept before the law lets it go."""
    enforce(policy.can_keep_incidents(by, on=on))
    incident = Incident.objects.select_for_update(of=("self",)).get(pk=incident.pk)
    if on < incident.kept_until:
        raise refusals.StillKept(incident.kept_until)
    journal.write("incident.removed", incident, by=by, reference=incident.reference)
    incident.corrections.all().delete()
    incident.delete()
