"""The directory: filters and order in the address, what is on screen as a file, and who sees whom."""

import io

import openpyxl
import pytest

from cordee.meetings.models import Attendance
from cordee.meetings.tests import factory
from cordee.toolkit import clock
from cordee.toolkit.testing.worlds import kept

pytestmark = pytest.mark.django_db
URL = "/personnes/"


world = kept(factory.world, clock=factory.TODAY)


@pytest.fixture
def secretary(client, world):
    client.force_login(world.secretary.user)
    return client


def names(html):
    return [row.split("</a>")[0].rsplit(">", 1)[1] for row in html.split('<a class="what"')[1:]]


def test_a_name_is_found_and_the_filters_can_be_cleared(secretary, world):
    one = world.participants[0]
    page = secretary.get(URL, {"q": one.last_name}).content.decode()
    assert f"{one.last_name}, {one.first_name}" in names(page)
    assert "Effacer les filtres" in page
    nobody = secretary.get(URL, {"q": "xyzzy"}).content.decode()
    assert "Rien ne correspond à ces filtres" in nobody


def test_the_order_is_in_the_address_and_turns(secretary):
    up = names(secretary.get(URL, {"sort": "name"}).content.decode())
    down = names(secretary.get(URL, {"sort": "-name"}).content.decode())
    assert up == down[::-1]
    assert len(up) > 2
    assert names(secretary.get(URL, {"sort": "password"}).content.decode()) == up


def test_what_is_on_screen_leaves_as_a_workbook_or_as_csv(secretary, world):
    one = world.participants[0]
    asked = {"q": one.last_name, "file": "xlsx"}
    response = secretary.get(URL, asked)
    rows = list(openpyxl.load_workbook(io.BytesIO(response.content)).active.values)
    assert f"Chercher un nom\u00a0: {one.last_name}" in {row[0] for row in rows}
    assert f"{one.last_name}, {one.first_name}" in {row[0] for row in rows}
    csv = secretary.get(URL, {**asked, "file": "csv"})
    assert csv["Content-Type"].startswith("text/csv")
    assert f"{one.last_name}, {one.first_name}" in csv.content.decode("utf-8-sig")


def test_everyone_exports_only_who_they_see(client, world):
    client.force_login(world.charlie.user)
    content = client.get(URL, {"file": "csv"}).content.decode("utf-8-sig")
    assert world.charlie.email in content
    assert world.secretary.email not in content


def test_a_list_costs_as_much_for_one_row_as_for_many(secretary, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        secretary.get(URL)


def test_a_person_page_says_who_employs_them_and_leads_to_merging(secretary, world):
    one = world.participants[0]
    page = secretary.get(f"{URL}{one.pk}/").content.decode()
    assert "Professionnelle, professionnel · CSS des Patriotes" in page
    assert f"/personnes/reunion/?kept={one.pk}" in page


def test_attendance_is_shown_to_who_may_see_it(client, world):
    one = world.participants[0]
    marked = Attendance.objects.create(
        meeting=world.meeting, person=one, portion="half", source="roster", marked_at=clock.now()
    )
    for viewer, sees in ((world.secretary, True), (one, True), (world.officer, True), (world.participants[1], False)):
        client.force_login(viewer.user)
        page = client.get(f"{URL}{one.pk}/").content.decode()
        assert (f"/rencontres/{marked.meeting_id}/" in page) is sees, viewer


def test_the_way_in_has_labels_and_no_placeholder(client):
    page = client.get("/compte/login/").content.decode()
    assert "placeholder" not in page
    assert "Mot de passe oublié?" in page
