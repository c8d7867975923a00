"""L'année du cadre: revised in March, weighed, validated, approved, in force on 1 July, corrected in November.

Camille, a professional of a centre, comes one day before and one day after each of these dates: every claim pays the
rate that was in force on that day, and what had been submitted never moves.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from cordee.charter.models import Scenario
from cordee.governance.models import Decision
from cordee.governance.tests.world import BODIES, body
from cordee.people.models import Group, Person
from cordee.reference.models import Revision, rules_on
from cordee.treasury.models import Claim, ClaimLine, Submission
from cordee.treasury.tests import year_sample as sample
from cordee.treasury.tests.desks import someone
from tests.scenarios.cast import Visitor, day, signed_in

RATE, NEXT = "rate.professional.day", ("2025-2026", 1)
# One of its days is on each side of each date of effect: 1 July 2025 and 14 November 2025.
BEFORE, LAST_DAY = day("2024-10-08"), day("2025-06-12")
OLD_RATE, CORRECTED = day("2025-11-13"), day("2025-11-14")


@dataclass
class Story:
    camille: Person
    project: Group
    solange: Visitor
    tristan: Visitor
    comes: Callable[[str], None]

    def come(self, *days: date) -> None:
        for on in days:
            sample.attend(self.camille, sample.meeting(self.project, on))

    def prepared(self, year: str, period: str) -> int:
        """The total of a period, in cents, once its claims are prepared."""
        written = StringIO()
        call_command("prepare_claims", year, period, json=True, stdout=written)
        return json.loads(written.getvalue())["total_cents"]

    def decide(self, year: str, number: int, step: int, on: str, **more: str) -> Visitor:
        typed = {"known": "", "meeting": "", "decided_on": on, "subject": "Cadre", "text": "", "objections": ""}
        self.comes(on)
        return self.solange.sends("governance:step", year, number, step, **typed, outcome="adopted", **more)

    def write(self, year: str, number: int, value: str) -> None:
        """The day's rate of professionals, as one types it in the draft."""
        row = Revision.objects.get(edition__year=year, number=number).rules.get(key=RATE)
        self.solange.opens("reference:article", year, number, row.article)
        seen = self.solange.field(f"version-{RATE}")
        self.solange.sends("reference:rule", year, number, RATE, **{f"value-{RATE}": value, f"version-{RATE}": seen})


@pytest.fixture
def story(db, comes) -> Story:
    sample.edition()
    sample.organizations()
    for key, acronym in BODIES.items():
        body(key, acronym)
    project, camille = sample.group("32-projet", "priority-32"), sample.person()
    sample.join(camille, project)
    people = (signed_in(someone("Solange", "secretary")), signed_in(someone("Tristan", "treasurer")))
    return Story(camille, project, *people, comes)


def test_the_year_of_the_cadre(story):
    a_year_is_lived_under_the_cadre_in_force(story)
    in_march_the_committee_revises_it(story)
    the_treasurer_sees_what_the_new_rate_does_before_anyone_votes(story)
    no_body_comes_before_its_turn_and_the_text_must_be_the_one_validated(story)
    validated_in_april_and_approved_in_june_it_is_in_force_on_1_july(story)
    what_is_in_force_is_written_no_more(story)
    in_november_a_correction_is_approved_and_holds_from_that_day(story)
    each_day_is_paid_by_the_rules_of_that_day(story)
    what_was_submitted_has_not_moved(story)


def a_year_is_lived_under_the_cadre_in_force(story: Story) -> None:
    story.come(BEFORE)
    story.comes("2025-01-20")
    assert story.prepared(sample.YEAR, "mid-year") == 280_00
    sample.submit(sample.SAINT_HYACINTHE)


def in_march_the_committee_revises_it(story: Story) -> None:
    story.comes("2025-03-10")
    story.solange.sends("reference:start_next", sample.YEAR).reads("Le cadre 2025-2026 est commencé")
    story.write(*NEXT, "290,00")
    story.solange.opens("reference:compare", *NEXT, "2024-2025-1").reads("280,00 $", "290,00 $")


def the_treasurer_sees_what_the_new_rate_does_before_anyone_votes(story: Story) -> None:
    claims = list(Claim.objects.order_by("pk").values()), list(ClaimLine.objects.order_by("pk").values())
    story.tristan.sends("charter:scenario_start", *NEXT, nom="Un peu plus", taux="290,00 $")
    kept = Scenario.objects.get()
    story.tristan.sends("charter:scenario_run", *NEXT, kept, sur="presences", par="centre")
    story.tristan.reads("La simulation est à jour.", "Un peu plus", "280,00 $", "290,00 $", "+10,00 $")
    assert claims == (list(Claim.objects.order_by("pk").values()), list(ClaimLine.objects.order_by("pk").values()))


def no_body_comes_before_its_turn_and_the_text_must_be_the_one_validated(story: Story) -> None:
    story.decide(*NEXT, 2, "2025-03-12").reads("Ce n’est pas l’étape attendue.", "Rédigé par le comité exécutif")
    story.decide(*NEXT, 1, "2025-03-13").reads("Étape inscrite par la décision CE 2024-2025-01.")
    story.write(*NEXT, "291,00")
    story.decide(*NEXT, 2, "2025-04-29").reads("Le texte a changé depuis cette étape")
    assert Decision.objects.count() == 1, "what is refused leaves no decision behind"
    story.write(*NEXT, "290,00")


def validated_in_april_and_approved_in_june_it_is_in_force_on_1_july(story: Story) -> None:
    story.decide(*NEXT, 2, "2025-04-29").reads("Étape inscrite par la décision CGSÉ 2024-2025-01.")
    story.decide(*NEXT, 3, "2025-06-12").reads("il vaut à partir du 1er juillet 2025", "TDG 2024-2025-01")
    assert (dollars(date(2025, 6, 30)), dollars(date(2025, 7, 1))) == (280, 290)
    story.come(LAST_DAY)
    story.comes("2025-06-13")
    assert story.prepared(sample.YEAR, "year-end") == 280_00, "approved that day, but not yet in force"


def what_is_in_force_is_written_no_more(story: Story) -> None:
    story.comes("2025-10-01")
    story.solange.sends("reference:rule", *NEXT, RATE, **{f"value-{RATE}": "999,00", f"version-{RATE}": "0"})
    assert story.solange.status == 404
    assert dollars(date(2025, 10, 1)) == 290


def in_november_a_correction_is_approved_and_holds_from_that_day(story: Story) -> None:
    story.come(OLD_RATE, CORRECTED)
    story.comes("2025-11-03")
    story.solange.sends("reference:start_correction", "2025-2026").reads("La révision 2 est commencée")
    story.write("2025-2026", 2, "300,00")
    story.decide("2025-2026", 2, 1, "2025-11-06").reads("Étape inscrite")
    story.decide("2025-2026", 2, 2, "2025-11-14", effective_from="2025-11-13").reads("au plus tôt le 14 novembre 2025")
    story.decide("2025-2026", 2, 2, "2025-11-14", effective_from="2025-11-14").reads("à partir du 14 novembre 2025")
    assert [dollars(on) for on in (OLD_RATE, CORRECTED)] == [290, 300]


def each_day_is_paid_by_the_rules_of_that_day(story: Story) -> None:
    story.comes("2026-01-19")
    assert story.prepared("2025-2026", "mid-year") == (290 + 300) * 100
    lines = ClaimLine.objects.counted().filter(claim__year="2025-2026").order_by("date")
    assert [(line.date, int(line.amount)) for line in lines] == [(OLD_RATE, 290), (CORRECTED, 300)]
    claim = Claim.objects.get(year="2025-2026", organization__code=sample.SAINT_HYACINTHE)
    story.solange.opens("treasury:claim", claim).reads("590,00 $")


def what_was_submitted_has_not_moved(story: Story) -> None:
    submitted = ClaimLine.objects.filter(submission=Submission.objects.get())
    assert [int(line.amount) for line in submitted] == [280]
    assert story.prepared(sample.YEAR, "mid-year") == 280_00
    assert story.prepared(sample.YEAR, "year-end") == 280_00
    assert not ClaimLine.objects.filter(adjusts=True).exists(), "a new rate adjusts nothing that was lived before it"


def dollars(on: date) -> int:
    return int(rules_on(on).amount(RATE))
