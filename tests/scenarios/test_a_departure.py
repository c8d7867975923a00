"""Camille leaves her centre in March: what ends, what stays to the cent, what she still sees; another hires her."""

from dataclasses import dataclass

import pytest

from cordee.meetings.models import Meeting, roster_of
from cordee.people.actions.departures import close_accounts_of_the_departed
from cordee.people.models import Group, Person, User
from cordee.records import journal
from cordee.treasury.models import Claim
from cordee.treasury.tests import year_sample as sample
from cordee.treasury.tests.desks import Desks, desks
from cordee.treasury.tests.year_sample import SAINT_HYACINTHE, SHERBROOKE
from tests.scenarios.cast import day, signed_in

pytestmark = pytest.mark.django_db
A_DAY = 28_000  # cents, for a professional


@dataclass
class Story:
    desks: Desks
    camille: Person
    group: Group
    october: Meeting
    february: Meeting
    april: Meeting


def test_a_departure(comes):
    story = she_runs_a_community_and_comes_in_october_and_in_february()
    comes("2025-03-03")
    her_centre_says_that_she_leaves(story)
    comes("2025-03-17")
    she_still_sees_what_is_hers_and_nothing_else(story)
    nobody_expects_her_any_more(story)
    what_was_claimed_for_her_stays_to_the_cent(story)
    comes("2025-05-05")
    another_centre_hires_her_and_is_paid_for_what_follows(story)
    comes("2025-07-01")
    her_account_stays_for_she_is_back(story)


def she_runs_a_community_and_comes_in_october_and_in_february():
    sample.edition()
    sample.organizations()
    camille, group = sample.person(name="Camille"), sample.group("18-tc-trp", "supported")
    camille.email = "camille@exemple.test"
    camille.save(update_fields=["email"])
    User.objects.create(email=camille.email, person=camille)
    sample.join(camille, group, role="liaison")
    story = Story(desks(), camille, group, *(sample.meeting(group, day(on), validated=on < "2025-03") for on in DAYS))
    for meeting in (story.october, story.february):
        sample.attend(camille, meeting)
    assert total("mid-year", SAINT_HYACINTHE) == A_DAY
    sample.submit(SAINT_HYACINTHE)
    return story


DAYS = ("2024-10-08", "2025-02-11", "2025-04-08")


def total(period, centre):
    """In cents, once the claims are prepared again."""
    sample.prepare(period)
    found = Claim.objects.filter(organization__code=centre, period=period).order_by("sequence")
    return sum(int(claim.total * 100) for claim in found)


def her_centre_says_that_she_leaves(story):
    away = signed_in(story.desks.oscar)
    assert away.opens("people:departure", story.camille).status in (403, 404), "another centre says nothing of her"
    officer = signed_in(story.desks.officer)
    officer.opens("people:departure", story.camille).reads("Ce qui prend fin ce jour-là", "18-tc-trp")
    typed = {"last_day": "14 mars 2025", "account_last_day": "2025-06-14"}
    officer.sends("people:departure", story.camille, **typed)
    officer.reads("Le départ de Camille Inventée est inscrit.", "À confier", "Personne d’autre n’anime ce groupe.")
    assert [entry.act for entry in journal.history(story.camille)].count("person.left") == 1


def she_still_sees_what_is_hers_and_nothing_else(story):
    home = signed_in(story.camille)
    home.opens("people:detail", story.camille).reads(
        "Aucun employeur aujourd’hui", "du 1er juillet 2024 au 14 mars 2025"
    )
    home.opens("privacy:mine").reads("Compenser l’employeur d’après les présences")
    assert home.opens("privacy:mine_json").status == 200
    assert home.opens("meetings:detail", story.february).status == 200, "where she was"
    assert home.opens("meetings:roster", story.february).status == 403
    assert home.opens("meetings:detail", story.april).status == 404
    assert home.opens("communities:detail", story.group.slug).status == 404
    home.opens("people:my_rights").reads("Aucune fonction ni aucun rôle aujourd’hui")


def nobody_expects_her_any_more(story):
    assert roster_of(story.april).lines == []


def what_was_claimed_for_her_stays_to_the_cent(story):
    sample.attend(story.camille, story.april)  # someone wrote her name down by mistake
    sample.validate(story.april)
    assert total("mid-year", SAINT_HYACINTHE) == A_DAY
    assert total("year-end", SAINT_HYACINTHE) == A_DAY, "February, and nothing of April"


def another_centre_hires_her_and_is_paid_for_what_follows(story):
    desk = signed_in(story.desks.secretary)
    typed = {"organization": organization(SHERBROOKE), "category": "professional", "starts_on": "2025-05-05"}
    desk.sends("people:employer", story.camille, **typed).reads("L’employeur est inscrit.")
    sample.join(story.camille, story.group, starts_on=day("2025-05-05"))
    sample.attend(story.camille, sample.meeting(story.group, day("2025-05-13")))
    assert total("year-end", SHERBROOKE) == A_DAY
    assert total("year-end", SAINT_HYACINTHE) == A_DAY
    desk.sends("people:departure_undo", story.camille)
    assert desk.status == 409, "another employer follows it"


def organization(code):
    return Claim.objects.filter(organization__code=code).values_list("organization", flat=True)[0]


def her_account_stays_for_she_is_back(story):
    assert close_accounts_of_the_departed(on=day("2025-07-01")) == 0
    assert signed_in(story.camille).opens("people:my_rights").status == 200
