"""A meeting from its plan to its approved minutes in a real Chromium, by keyboard alone, on a desk and a telephone, in
both languages; every page on the way is readable by everyone and holds in its width."""

import re
from datetime import date, datetime, time

import pytest
from django.core.cache import cache
from django.core.management import call_command

from cordee.meetings.actions.letters import answer_address
from cordee.meetings.models import Attendance, Meeting, MinutesState, minutes_state
from cordee.meetings.tests import factory
from cordee.meetings.tests.teams_files import DIALECTS, Connection, report_file
from cordee.toolkit.testing.browser import axe, axe_script, runs_over
from tests.browser.keyboard import choose, pick, press, reach, write

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HELD, NEXT = date(2025, 2, 4), date(2025, 2, 18)
WORD = "Je suis en congé."
WAYS = [(1440, "light", "fr", "reduce"), (390, "dark", "en", "no-preference")]  # the last: whether pages may move


@pytest.fixture
def world(settings):
    settings.CLOCK = factory.TODAY
    cache.clear()
    made = factory.world(participants=4)
    call_command("load_edition", "2024-2025", "--in-force")
    return made


class Walk:
    """Alice at her keyboard. Controls are found by where they lead, which no language changes."""

    def __init__(self, page, world, language):
        self.page, self.world, self.language = page, world, language
        self.origin = re.match(r"https?://[^/]+", page.url)[0]

    @property
    def meeting(self):
        return Meeting.objects.select_related("group", "minutes_approval", "minutes_lock").get(date=HELD)

    def holds(self):
        self.page.wait_for_load_state("networkidle")
        assert runs_over(self.page) == [], self.page.url
        assert axe(self.page) == [], self.page.url

    def path(self, name=""):
        return f"/rencontres/{self.meeting.pk}/{name}"

    def opens(self, name=""):
        self.page.goto(self.origin + self.path(name))
        self.holds()

    def follows(self, name):
        press(self.page, self.page.locator(f"main a[href^='{self.path(name)}']:visible").first)
        self.page.wait_for_url(re.compile(re.escape(self.path(name))))
        self.holds()

    def sends(self, name):
        with self.page.expect_navigation():
            press(self.page, self.page.locator(f"main form[action^='{self.path(name)}'] button:visible").first)
        self.holds()


@pytest.mark.parametrize(("width", "scheme", "language", "motion"), WAYS)
def test_from_the_plan_to_the_approved_minutes(
    world, opened, chromium, settings, width, scheme, language, motion, tmp_path
):
    options = {"viewport": {"width": width, "height": 844}, "color_scheme": scheme, "locale": f"{language}-CA"}
    options["reduced_motion"] = motion
    world.alice.user.language = world.alice.language = language
    world.alice.save()
    page = opened(world.alice, "/rencontres/nouvelle/", **options)
    page.context.add_init_script(axe_script())
    walk = Walk(page, world, language)
    plans(walk)
    announces_with_an_agenda(walk)
    a_stranger_declines(walk, chromium, options)
    settings.CLOCK = HELD
    someone_checks_in(walk, chromium, options)
    marks_the_roster(walk)
    imports_teams(walk, tmp_path / "Présence.csv")
    validates(walk)
    writes_minutes(walk)
    settings.CLOCK = NEXT
    factory.meeting(world.group, NEXT)
    approves(walk)


def plans(walk):
    page = walk.page
    walk.holds()
    write(page, page.locator("#id_day"), HELD.isoformat())
    for name, hour in (("starts_at", "0900AM"), ("ends_at", "0330PM")):  # as the browser’s own field takes it
        reach(page, page.locator(f"#id_{name}"))
        page.keyboard.type(hour)
    write(page, page.locator("#id_place"), "École du Roc")
    press(page, page.locator("button.go[form=plan]"))
    page.wait_for_url(re.compile(r"/rencontres/\d+/$"))
    walk.holds()
    assert (walk.meeting.starts_at, walk.meeting.ends_at, walk.meeting.place) == (time(9), time(15, 30), "École du Roc")


def announces_with_an_agenda(walk):
    page = walk.page
    walk.follows("ordre-du-jour/")
    write(page, page.locator("#id_form-0-title"), "Retour sur les classes")
    write(page, page.locator("#id_form-0-minutes"), "60")
    press(page, page.locator("button[name=save]"))
    page.wait_for_url(re.compile(rf"{walk.path()}$"))
    walk.sends("annonce/")
    assert walk.meeting.is_announced


def a_stranger_declines(walk, chromium, options):
    context = chromium.new_context(**options)
    page = context.new_page()
    address = re.sub(r"^https?://[^/]+", "", answer_address(walk.meeting, walk.world.participants[0]))
    page.goto(walk.origin + address)
    write(page, page.locator("#id_word"), WORD)
    press(page, page.locator("button[value=no]"))
    page.locator("button.go[value=no]").wait_for()
    context.close()


def someone_checks_in(walk, chromium, options):
    walk.opens()
    walk.follows("presences/")
    walk.follows("ecran/")
    context = chromium.new_context(**options)
    telephone = context.new_page()
    telephone.goto(walk.page.evaluate("document.querySelector('.qr').href"))
    assert (runs_over(telephone), axe(telephone)) == ([], [])
    write(telephone, telephone.locator("#id_address"), walk.world.participants[1].email)
    press(telephone, telephone.locator("button.go"))
    telephone.wait_for_url(re.compile("/merci/"))
    assert (runs_over(telephone), axe(telephone)) == ([], [])
    context.close()
    walk.follows("presences/")


def marks_the_roster(walk):
    page, (declined, declared, *_others) = walk.page, walk.world.participants
    assert page.locator(f"#person-{declared.pk} input[value=day]").is_checked()
    choose(page, page.locator(f"#person-{declined.pk} input[value=none]"))
    reason = page.locator(f"#why-{declined.pk}")
    reason.wait_for()
    assert reason.input_value() == WORD
    choose(page, page.locator(f"#person-{walk.world.alice.pk} input[value=day]"))
    page.locator("[data-unsaved]").first.wait_for(state="detached")
    walk.holds()


def imports_teams(walk, file):
    page, (*_known, third, fourth) = walk.page, walk.world.participants
    hours = (datetime.combine(HELD, time(9)), datetime.combine(HELD, time(15, 30)))
    lines = [Connection(third.full_name, *hours, third.email), Connection("Invité du Roc", *hours)]
    file.write_bytes(report_file(DIALECTS["v3-french"], lines))
    walk.follows("teams/")
    field = page.locator("#id_file")
    with page.expect_file_chooser() as chooser:
        reach(page, field)
        page.keyboard.press("Enter")
    chooser.value.set_files(file)
    page.wait_for_url(re.compile(r"/teams/\d+/"))
    walk.holds()
    choose(page, page.locator(f"fieldset.ask input[value='{fourth.pk}']"))
    press(page, page.locator("button.go[form=import]"))
    page.wait_for_url(re.compile("/presences/"))
    assert Attendance.objects.filter(source="teams", portion="day").count() == 2


def validates(walk):
    walk.holds()
    walk.sends("validation/")
    assert walk.meeting.is_validated


def writes_minutes(walk):
    page = walk.page
    walk.opens()
    walk.follows("compte-rendu/")
    for name, text in (("text-decisions", "On continue."), ("text-learnings", "Chaque classe a *essayé*.")):
        write(page, page.locator(f"#{name}"), text)
        page.keyboard.press("Tab")
    page.locator("#state-learnings", has_text="Alice Test").wait_for()
    write(page, page.locator("#id_what"), "Écrire aux écoles")
    pick(page, page.locator("#id_owner"), walk.world.alice.full_name)
    write(page, page.locator("#id_due_on"), "2025-02-14")
    walk.sends("compte-rendu/suivi/")
    assert walk.meeting.follow_ups.get().owner == walk.world.alice
    walk.opens("documents/")


def approves(walk):
    page = walk.page
    walk.opens("compte-rendu/")
    walk.follows("compte-rendu/approbation/")
    choose(page, page.locator("input[name=way][value=at-meeting]"))
    pick(page, page.locator("#id_at_meeting"), page.locator("#id_at_meeting option").last.inner_text())
    press(page, page.locator("main form button.go"))
    page.wait_for_url(re.compile("/compte-rendu/$"))
    walk.holds()
    walk.sends("compte-rendu/verrou/")
    assert minutes_state(walk.meeting) == MinutesState.LOCKED
