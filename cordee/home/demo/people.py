"""Invented people: who they are, who employs them, what they hold, which account is theirs."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from cordee.home.demo.files import day, rows
from cordee.home.demo.year import Year
from cordee.people.models import Affiliation, Duty, Person, User

# Not a password and no hash of one: nobody signs in with it.
NO_PASSWORD = "!demonstration"


def load_people(year: Year) -> None:
    listed = rows("personnes.csv")
    created = Person.objects.bulk_create(
        Person(first_name=row["prenom"], last_name=row["nom"], email=row["courriel"]) for row in listed
    )
    year.people = {row["cle"]: person for row, person in zip(listed, created, strict=True)}
    Affiliation.objects.bulk_create(_affiliations(year, listed))
    Duty.objects.bulk_create(_duties(year))
    User.objects.bulk_create(
        User(email=row["courriel"], password=NO_PASSWORD, person=person)
        for row, person in zip(listed, created, strict=True)
    )


def _affiliations(year: Year, listed: list[dict[str, str]]) -> Iterator[Affiliation]:
    """One after the other: a change of employer or category ends what stood before, that day."""
    changes = defaultdict(list)
    for row in rows("changements.csv"):
        changes[row["cle"]].append(row)
    for row in listed:
        stages = [{**row, "le": row["depuis"]}, *sorted(changes[row["cle"]], key=lambda change: change["le"])]
        ends = [*(stage["le"] for stage in stages[1:]), ""]
        for stage, end in zip(stages, ends, strict=True):
            yield Affiliation(
                person=year.people[row["cle"]],
                organization=year.organizations[stage["organisation"]],
                category=stage["categorie"],
                starts_on=date.fromisoformat(stage["le"]),
                ends_on=day(end),
            )


def _duties(year: Year) -> Iterator[Duty]:
    for row in rows("fonctions.csv"):
        yield Duty(
            person=year.people[row["cle"]],
            code=row["fonction"],
            organization=year.organizations.get(row["organisation"]),
            starts_on=date.fromisoformat(row["depuis"]),
        )
