"""What the invented year owes to retention: three people who left eight years before, one of them kept out."""

from collections.abc import Iterator, Mapping
from datetime import date, time

from cordee.people.models import Affiliation, Organization, Person
from cordee.privacy.actions.holds import hold
from cordee.privacy.models import HoldReason
from cordee.toolkit import clock
from cordee.toolkit.contributions import demonstrations
from cordee.values.text import plain

KEPT = date(2025, 1, 17)
CENTRE, CAME, LEFT = "865000", date(2014, 7, 1), date(2017, 7, 1)
GONE = (("Auguste", "Sentier-Perdu"), ("Clémence", "Vire-Ancienne"), ("Octave", "Dièdre-Passé"))


@demonstrations.contribute
def people_who_left(people: Mapping[str, Person]) -> Iterator[str]:
    centre = Organization.objects.get(code=CENTRE)
    for first_name, last_name in GONE:
        address = f"{plain(first_name)}.{plain(last_name.partition('-')[0])}@patriotes.exemple.test"
        gone = Person.objects.create(first_name=first_name, last_name=last_name, email=address)
        Affiliation.objects.create(person=gone, organization=centre, category="teacher", starts_on=CAME, ends_on=LEFT)
        yield gone.full_name
    with clock.standing_at(clock.at(KEPT, time(11))):
        by = people["blandine.cordelette"]
        hold(person=gone, why=HoldReason.ARCHIVES, note="Versement de juin", by=by, on=KEPT)
