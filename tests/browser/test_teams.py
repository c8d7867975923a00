"""A Teams report in a real Chromium: dropped, settled, confirmed, undone; by keyboard; without script."""

from datetime import datetime, time

import pytest
from django.urls import reverse

from cordee.meetings.models import Attendance
from cordee.meetings.tests import factory
from cordee.meetings.tests.teams_files import DIALECTS, Connection, report_file
from cordee.toolkit.testing.browser import axe, cut_texts, force_wide_text, runs_over

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DROP = """(name, bytes) => {
  const file = new File([new Uint8Array(bytes)], name, { type: "text/csv" });
  const transfer = new DataTransfer();
  transfer.items.add(file);
  return transfer;
}"""


# Every gesture that reaches the page, counted through the pages that follow one another in a tab.
COUNT = """for (const kind of ["click", "drop", "keydown"]) {
  addEventListener(kind, () => {
    sessionStorage.gestures = Number(sessionStorage.gestures ?? 0) + 1;
  }, { capture: true });
}"""


@pytest.fixture
def world(db, clock):
    clock(factory.TODAY)
    made = factory.world(participants=15)
    factory.thresholds()
    return made


def content(world):
    """Thirteen of fifteen under their address, a guest and the device of the room."""
    hours = (datetime.combine(factory.DAY, time(9)), datetime.combine(factory.DAY, time(15, 30)))
    known = [Connection(each.full_name, *hours, each.email) for each in world.participants[:13]]
    unknown = [Connection(name, *hours) for name in ("rpiolet (Invité)", "iPad-B204")]
    return report_file(DIALECTS["v3-french"], [*known, *unknown])


def drop(page, data):
    """What the person’s hand does: the file let go over the zone."""
    transfer = page.evaluate_handle(f"([name, bytes]) => ({DROP})(name, bytes)", ["Présence.csv", list(data)])
    page.locator("[data-upload]").dispatch_event("drop", {"dataTransfer": transfer})


def settle_and_confirm(page, world):
    guest = page.get_by_role("group", name="rpiolet (Invité)")
    guest.get_by_role("radio", name=world.participants[13].full_name).check()
    page.get_by_role("group", name="iPad-B204").get_by_role("radio", name="Laisser ces lignes de côté").check()
    page.get_by_role("button", name="Confirmer", exact=True).click()


def test_fifteen_people_take_four_gestures_and_one_more_takes_it_all_back(opened, world):
    page = opened(world.alice, reverse("meetings:detail", args=[world.meeting.pk]))
    page.add_init_script(COUNT)
    page.reload()
    drop(page, content(world))
    page.wait_for_url("**/teams/*/")
    settle_and_confirm(page, world)
    assert page.get_by_text("14 présences inscrites.").is_visible()
    assert page.evaluate("sessionStorage.gestures") == "4"
    assert Attendance.objects.filter(portion="day", source="teams").count() == 14
    page.locator(".flash").get_by_role("button", name="Annuler").click()
    assert page.get_by_text("14 présences remises comme avant.").is_visible()
    assert not Attendance.objects.exclude(portion="").exists()


def test_without_script_the_form_has_its_own_button(opened, world, tmp_path):
    page = opened(world.alice, reverse("meetings:teams_new", args=[world.meeting.pk]), java_script_enabled=False)
    path = tmp_path / "Présence.csv"
    path.write_bytes(content(world))
    page.get_by_label("Rapport de présence de Teams").set_input_files(path)
    page.get_by_role("button", name="Voir l’aperçu").click()
    settle_and_confirm(page, world)
    assert page.get_by_text("14 présences inscrites.").is_visible()


def test_by_keyboard_alone_answers_are_chosen_and_confirmed(opened, world, tmp_path):
    page = opened(world.alice, reverse("meetings:teams_new", args=[world.meeting.pk]))
    path = tmp_path / "Présence.csv"
    path.write_bytes(content(world))
    page.get_by_label("Rapport de présence de Teams").set_input_files(path)
    page.wait_for_url("**/teams/*/")
    guest = page.get_by_role("group", name="rpiolet (Invité)")
    guest.get_by_role("radio", name=world.participants[13].full_name).focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowUp")  # the last of the second question: left aside
    page.get_by_role("button", name="Confirmer", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/presences/")
    assert page.get_by_text("14 présences inscrites.").is_visible()


@pytest.mark.parametrize("width", [1440, 390, 320])
def test_with_every_answer_open_axe_finds_nothing_and_nothing_runs_over(opened, world, width):
    page = opened(
        world.alice, reverse("meetings:detail", args=[world.meeting.pk]), viewport={"width": width, "height": 900}
    )
    drop(page, content(world))
    page.wait_for_url("**/teams/*/")
    for radio in page.get_by_role("radio", name="Créer cette personne").all():
        radio.check()
    assert axe(page) == []
    force_wide_text(page)
    assert (runs_over(page), cut_texts(page)) == ([], [])
