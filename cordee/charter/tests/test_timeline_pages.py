"""The pages of the timeline: what each person sees of it, filters in the address, acts as plain forms, calendars."""

from datetime import date
from io import BytesIO

import pytest
from icalendar import Calendar
from openpyxl import load_workbook

from cordee.charter.actions.ticks import tick
from cordee.charter.models import Tick
from cordee.charter.tests.dated_world import CLAIMS, FORECAST, JANUARY, PLANNING, World, token
from cordee.meetings.actions import subscribing
from cordee.records.models import Message
from cordee.toolkit.access import Forbidden
from cordee.toolkit.testing.worlds import kept
from cordee.treasury.tests.year_sample import SAINT_HYACINTHE, SHERBROOKE

pytestmark = [pytest.mark.django_db, pytest.mark.above_the_database]
PAGE = "/echeancier/"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


world = kept(World, clock=JANUARY)


@pytest.fixture
def as_(client):
    def signed(person):
        client.force_login(person.user, backend=BACKEND)
        return client

    return signed


def path(key, place=None):
    return f"{PAGE}2024-2025/{key}/{token(place)}/"


def shown(client, query=""):
    return client.get(f"{PAGE}{query}").content.decode()


def said(**changed):
    return {"done_on": "12 septembre 2024", "note": "Présentée et approuvée.", **changed}


class TestTheList:
    def test_who_oversees_sees_every_centre_and_who_answers_for_it(self, world, as_):
        page = shown(as_(world.secretary))
        assert SHERBROOKE in page and SAINT_HYACINTHE in page
        assert "Oscar Test" in page and "Personne en ce moment" in page

    def test_a_centre_sees_its_own_rows_and_those_of_the_cooperative(self, world, as_):
        answer = as_(world.oscar).get(PAGE)
        page, places = answer.content.decode(), {one.task.where for one in answer.context["listing"].rows}
        assert places == {SHERBROOKE, ""}
        assert SAINT_HYACINTHE not in page and "Odile" not in page

    @pytest.mark.parametrize(
        ("query", "count"),
        [
            ("", 17),
            ("?state=late", 4),
            ("?role=billing-officer", 6),
            ("?role=billing-officer&state=late", 2),
            ("?mine=oui", 5),
            ("?role=inconnu&where=o0&state=perdu&year=1999-2000", 17),
        ],
    )
    def test_the_filters_are_in_its_address_and_an_unknown_one_filters_nothing(self, world, as_, query, count):
        listing = as_(world.treasurer).get(f"{PAGE}{query}").context["listing"]
        assert listing.page.paginator.count == count

    def test_one_centre_or_one_community_by_its_place(self, world, as_):
        listing = as_(world.secretary).get(f"{PAGE}?where={token(world.project)}").context["listing"]
        assert {listed.task.where for listed in listing.rows} == {"projet"}

    def test_late_first_then_what_comes_then_what_is_done(self, world, as_):
        tick(task=world.task(PLANNING), done_on=JANUARY, note="Fait.", by=world.treasurer, on=JANUARY)
        states = [one.task.state for one in as_(world.secretary).get(PAGE).context["listing"].rows]
        assert states == sorted(states, key=["late", "coming", "done"].index)
        assert states[-1] == "done"

    def test_what_is_on_screen_leaves_as_a_workbook(self, world, as_):
        file = as_(world.secretary).get(f"{PAGE}?role=treasurer&state=late&file=xlsx")
        (sheet,) = load_workbook(BytesIO(file.content)).worksheets
        rows = list(sheet.iter_rows(values_only=True))
        assert any("Planification annuelle à la TDG" in row for row in rows)
        assert not any("Dépenses prévisionnelles" in row for row in rows)

    def test_before_any_edition_it_says_where_rows_come_from(self, world, as_, settings):
        settings.CLOCK = date(2026, 9, 1)
        assert "Aucune échéance" in shown(as_(world.secretary))

    def test_its_cord_says_what_is_late_and_what_comes(self, world, as_):
        page = " ".join(shown(as_(world.passerby)).split())
        assert "3 en retard" in page and "Dans 10 jours" in page

    def test_the_cord_stands_on_the_home_page(self, world, as_):
        page = as_(world.passerby).get("/").content.decode()
        assert "30–31 janvier" in page and PAGE in page


class TestOneTask:
    def test_it_says_what_the_cadre_says(self, world, as_):
        page = as_(world.treasurer).get(path(PLANNING)).content.decode()
        assert "Budget et support visuel" in page and "#rule-timeline.2.due" in page

    def test_it_is_marked_done_by_a_plain_form_and_taken_back(self, world, as_):
        client = as_(world.treasurer)
        page = client.post(path(PLANNING), said(), follow=True).content.decode()
        assert "marqué fait" in page and "Présentée et approuvée." in page
        assert world.task(PLANNING).done_on == date(2024, 9, 12)
        client.post(f"{path(PLANNING)}annulation/")
        assert world.task(PLANNING).done_on is None

    def test_what_was_typed_is_still_there_when_it_is_refused(self, world, as_):
        answer = as_(world.treasurer).post(path(PLANNING), said(done_on="2025-03-01"))
        assert answer.status_code == 422
        assert "Présentée et approuvée." in answer.content.decode() and "à venir" in answer.content.decode()
        assert not Tick.objects.exists()

    def test_two_who_say_so_at_once_do_it_once(self, world, as_):
        tick(task=world.task(PLANNING), done_on=JANUARY, note="Fait.", by=world.secretary, on=JANUARY)
        answer = as_(world.treasurer).post(path(PLANNING), said())
        assert (answer.status_code, Tick.objects.count()) == (422, 1)

    def test_who_does_not_answer_for_it_is_told_who_does(self, world, as_):
        client = as_(world.passerby)
        assert "Trésorière, trésorier" in client.get(path(PLANNING)).content.decode()
        assert client.post(path(PLANNING), said()).status_code == 403
        assert client.post(f"{path(PLANNING)}annulation/").status_code == 403

    @pytest.mark.parametrize("key", [FORECAST, CLAIMS])
    def test_that_of_another_centre_is_not_there(self, world, as_, key):
        assert as_(world.oscar).get(path(key, SAINT_HYACINTHE)).status_code == 404
        assert as_(world.oscar).get(path(key, SHERBROOKE)).status_code == 200

    @pytest.mark.parametrize("address", ["2024-2025/timeline.99/c/", "jamais/timeline.1/c/", "2024-2025/timeline.1/o/"])
    def test_an_address_that_names_nothing_is_absent(self, world, as_, address):
        assert as_(world.secretary).get(f"{PAGE}{address}").status_code == 404


class TestReminding:
    def test_the_button_says_how_many_were_told_then_that_they_were(self, world, as_):
        client = as_(world.coordinator)
        assert "3 personnes sont relancées." in client.post(f"{PAGE}rappel/", follow=True).content.decode()
        assert "3 l’ont déjà été aujourd’hui." in client.post(f"{PAGE}rappel/", follow=True).content.decode()
        assert Message.objects.count() == 3

    def test_it_tells_those_the_filters_leave(self, world, as_):
        as_(world.coordinator).post(f"{PAGE}rappel/?role=treasurer")
        assert [message.person_id for message in Message.objects.order_by("pk")] == [world.treasurer.pk]

    def test_nobody_late_nobody_told(self, world, as_):
        answer = as_(world.coordinator).post(f"{PAGE}rappel/?role=executive-committee", follow=True)
        assert "Personne n’est en retard" in answer.content.decode()

    def test_it_is_not_there_for_who_does_not_oversee(self, world, as_):
        assert "rappel/" not in shown(as_(world.oscar))
        assert as_(world.oscar).post(f"{PAGE}rappel/").status_code == 403


class TestInACalendar:
    WHAT = "timeline.billing-officer"

    def events(self, client, key):
        return Calendar.from_ical(client.get(f"/rencontres/flux/{key.secret}.ics").content).events

    def test_a_role_has_its_address_with_the_days_of_its_rows(self, world, client):
        key = subscribing.open_feed(group=None, what=self.WHAT, by=world.oscar, on=JANUARY)
        found = {str(event["SUMMARY"]): event.start for event in self.events(client, key)}
        assert found[f"Dépenses prévisionnelles, {SHERBROOKE}"] == date(2024, 9, 30)
        assert found[f"Réclamations de mi-année, {SHERBROOKE}"] == date(2025, 1, 29)
        assert len(found) == 3

    def test_nobody_s_name_is_in_it_and_what_is_done_is_said(self, world, client):
        tick(task=world.task(FORECAST, SHERBROOKE), done_on=JANUARY, note="Remis.", by=world.oscar, on=JANUARY)
        key = subscribing.open_feed(group=None, what=self.WHAT, by=world.oscar, on=JANUARY)
        text = client.get(f"/rencontres/flux/{key.secret}.ics").content.decode()
        assert "Oscar" not in text and "Fait\u00a0: Dépenses prévisionnelles" in text

    def test_it_says_the_same_as_long_as_nothing_changes(self, world, client):
        key = subscribing.open_feed(group=None, what=self.WHAT, by=world.oscar, on=JANUARY)
        first = client.get(f"/rencontres/flux/{key.secret}.ics")
        again = client.get(f"/rencontres/flux/{key.secret}.ics", headers={"If-None-Match": first["ETag"]})
        assert again.status_code == 304

    def test_once_the_role_is_over_it_gives_nothing(self, world, client):
        key = subscribing.open_feed(group=None, what=self.WHAT, by=world.oscar, on=JANUARY)
        world.succeed(world.oscar, world.passerby, JANUARY)
        assert self.events(client, key) == []

    def test_a_revoked_address_is_gone(self, world, client):
        key = subscribing.open_feed(group=None, what=self.WHAT, by=world.oscar, on=JANUARY)
        subscribing.revoke_feed(key=key, by=world.oscar)
        assert client.get(f"/rencontres/flux/{key.secret}.ics").status_code == 404

    def test_that_of_a_role_one_does_not_hold_is_refused(self, world):
        with pytest.raises(Forbidden):
            subscribing.open_feed(group=None, what="timeline.treasurer", by=world.oscar, on=JANUARY)

    def test_it_is_made_on_the_page_of_one_s_calendars(self, world, as_):
        client = as_(world.oscar)
        page = client.post("/rencontres/mon-calendrier/", {"calendar": self.WHAT}, follow=True).content.decode()
        assert "Échéances, Responsable de la facturation" in page and ".ics" in page


def test_a_reader_of_english_reads_it_in_english(world, as_):
    client = as_(world.treasurer)
    client.cookies["langue"] = "en"
    page = shown(client)
    assert "Yearly planning to the TDG" in page and "Overdue" in page
