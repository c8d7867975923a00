"""The pages where a meeting is planned, announced, moved, and its agenda written; the calendar."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from cordee.meetings import actions
from cordee.meetings.models import AgendaTemplate, Meeting, Move
from cordee.meetings.rules.calendar import Span
from cordee.meetings.tests import factory

pytestmark = [pytest.mark.django_db, pytest.mark.above_the_database]
TODAY = factory.TODAY
SOON = date(2025, 3, 4)
NEW = "/rencontres/nouvelle/"


def page(client, name, meeting, **query):
    return client.get(reverse(f"meetings:{name}", args=[meeting.pk]), query).content.decode().replace("\u00a0", " ")


def post(client, name, meeting, **typed):
    return client.post(reverse(f"meetings:{name}", args=[meeting.pk]), typed)


def planned(client, world, **changed):
    typed = {"group": world.group.pk, "day": "2025-03-04", "starts_at": "9:00", "ends_at": "12:00"}
    return client.post(NEW, {**typed, "planned_portion": "half", "modality": "virtual", **changed})


def draft(world, day=SOON):
    return factory.meeting(world.group, day, planned_portion="half", ends_at=time(12))


def test_a_draft_is_planned_then_announced_from_its_page(world, sign_in):
    client = sign_in(world.alice)
    assert planned(client, world, link="exemple.test/salle").status_code == 302
    meeting = Meeting.objects.get(date=SOON)
    shown = page(client, "detail", meeting)
    assert "Brouillon" in shown
    assert "Annoncer la rencontre" in shown
    assert 'href="https://exemple.test/salle"' in shown
    assert post(client, "announcement", meeting).status_code == 302
    assert "Annoncer la rencontre" not in page(client, "detail", meeting)


def test_a_draft_is_on_the_home_of_those_who_run_the_group_only(world, sign_in):
    url = reverse("meetings:detail", args=[draft(world).pk])
    assert url in sign_in(world.alice).get("/").content.decode()
    assert url not in sign_in(world.participants[0]).get("/").content.decode()


def test_a_meeting_is_announced_as_it_is_planned(world, sign_in):
    planned(sign_in(world.alice), world, announce="on")
    assert Meeting.objects.get(date=SOON).is_announced


def test_a_series_needs_its_last_date_or_its_dates(world, sign_in):
    client = sign_in(world.alice)
    for typed, said in (
        ({"repeat": "weekly"}, "Donnez la dernière date"),
        ({"repeat": "monthly", "until": "2025-02-01"}, "Donnez la dernière date"),
        ({"repeat": "dates"}, "Écrivez au moins une autre date"),
        ({"repeat": "dates", "other_days": "un jour"}, "Écrivez une date par ligne"),
        ({"ends_at": "0:30"}, "finissez-la à 23 h 59"),
        ({"day": "2031-03-04"}, "hors de toute année ouverte"),
        ({"link": "javascript:alert(1)"}, "Collez l’adresse complète"),
    ):
        response = planned(client, world, **typed)
        assert response.status_code == 422
        assert said in response.content.decode().replace("\u00a0", " ")
    assert planned(client, world, repeat="dates", other_days="11 mars 2025\n2025-03-20").status_code == 302
    assert Meeting.objects.filter(series__isnull=False).count() == 3


def test_one_of_a_series_or_all_that_follow_are_changed_from_their_pages(world, sign_in):
    client = sign_in(world.alice)
    planned(client, world, repeat="weekly", until="2025-03-25")
    _first, second, third, fourth = Meeting.objects.filter(series__isnull=False).order_by("date")
    assert "Celle-ci et les suivantes" in page(client, "change", second)
    assert "Celle-ci et les suivantes" not in page(client, "change", world.meeting)
    post(client, "change", third, planned_portion="half", modality="virtual", place="Granby", following="1")
    post(client, "announcement", second, following="1")
    post(client, "cancellation", fourth, reason="Congé", following="")
    found = Meeting.objects.filter(series__isnull=False).order_by("date")
    assert [meeting.place for meeting in found] == ["", "", "Granby", "Granby"]
    assert [meeting.is_announced for meeting in found] == [False, True, True, True]
    assert [meeting.is_cancelled for meeting in found] == [False, False, False, True]


def test_a_move_says_from_where_and_why_to_everyone_who_sees_the_meeting(world, sign_in):
    meeting = draft(world)
    actions.announce_meeting(meeting=meeting, by=world.alice, on=TODAY)
    client = sign_in(world.alice)
    typed = {"day": "2025-03-06", "starts_at": "13:00", "ends_at": "16:00"}
    assert post(client, "move", meeting, **typed).status_code == 422
    assert post(client, "move", meeting, **typed, reason="Salle occupée").status_code == 302
    assert Move.objects.count() == 1
    assert "Salle occupée" in page(client, "detail", meeting)
    assert "Salle occupée" in page(sign_in(world.participants[0]), "detail", meeting)


def test_the_page_that_moves_a_held_meeting_says_what_becomes_of_its_attendance(world, sign_in):
    assert "Les présences déjà inscrites suivent la rencontre" in page(sign_in(world.alice), "move", world.meeting)


def test_who_was_removed_is_still_on_the_page_with_their_attendance(world, sign_in):
    actions.mark_everyone_present(meeting=world.meeting, by=world.alice, on=TODAY)
    gone = world.participants[0]
    gone.memberships.update(ends_on=factory.DAY)
    shown = page(sign_in(world.alice), "detail", world.meeting)
    assert gone.full_name in shown
    assert "a quitté le groupe, sa présence reste inscrite" in shown


# The agenda


def lines(*points, **buttons):
    typed = {"form-TOTAL_FORMS": len(points), "form-INITIAL_FORMS": 0, "seen": actions.state_of([])}
    for number, (title, owner, minutes) in enumerate(points):
        typed |= {f"form-{number}-title": title, f"form-{number}-owner": owner, f"form-{number}-minutes": minutes}
    return typed | buttons


def test_an_agenda_is_written_and_read(world, sign_in):
    meeting, client = draft(world), sign_in(world.alice)
    points = lines(("Accueil", "", 10), ("Bilan", world.alice.pk, 60), ("", "", ""), save="1")
    assert post(client, "agenda", meeting, **points).status_code == 302
    shown = page(client, "detail", meeting)
    assert "70 minutes de points pour 3 h de rencontre" in shown
    assert world.alice.full_name in shown
    assert "Bilan" in page(client, "agenda", meeting)


def test_an_agenda_longer_than_the_meeting_is_a_warning_not_a_wall(world, sign_in):
    meeting, client = draft(world), sign_in(world.alice)
    part = client.post(
        reverse("meetings:agenda", args=[meeting.pk]),
        lines(("Bilan", "", 200)),
        headers={"HX-Request": "true"},
    ).content.decode()
    assert "plus long que la rencontre" in part
    assert "<html" not in part
    assert post(client, "agenda", meeting, **lines(("Bilan", "", 200), save="1")).status_code == 302


def test_points_are_added_removed_and_raised_without_javascript_nor_saving(world, sign_in):
    meeting, client = draft(world), sign_in(world.alice)
    two = [("Premier", "", ""), ("Second", "", "")]

    def titles(**button):
        shown = post(client, "agenda", meeting, **lines(*two, **button)).content.decode()
        return [part.split('"')[0] for part in shown.split('-title" value="')[1:]]

    assert titles(up="1") == ["Second", "Premier"]
    assert titles(remove="0") == ["Second"]
    assert 'name="form-2-title"' in post(client, "agenda", meeting, **lines(*two, add="1")).content.decode()
    assert not meeting.agenda.exists()


def test_a_point_without_a_name_or_over_someone_elses_is_refused(world, sign_in):
    meeting, client = draft(world), sign_in(world.alice)
    response = post(client, "agenda", meeting, **lines(("", "", 20), save="1"))
    assert response.status_code == 422
    assert "Nommez ce point" in response.content.decode()
    assert post(client, "agenda", meeting, **lines(("Bilan", world.charlie.pk, 20), save="1")).status_code == 422
    stale = post(client, "agenda", meeting, **{**lines(("Bilan", "", 20), save="1"), "seen": "vieux"})
    assert stale.status_code == 409
    assert "Rien n’a été remplacé" in stale.content.decode()


def test_an_agenda_becomes_the_groups_and_the_next_meeting_starts_from_it(world, sign_in):
    meeting, client = draft(world), sign_in(world.alice)
    post(client, "agenda", meeting, **lines(("Accueil", "", 10), save="1"))
    assert post(client, "agenda_template", meeting).status_code == 302
    assert AgendaTemplate.objects.get().group == world.group
    planned(client, world, day="2025-03-11")
    assert Meeting.objects.get(date=date(2025, 3, 11)).agenda.get().title == "Accueil"


def test_the_agenda_is_read_by_the_group_and_by_nobody_who_only_bills(world, sign_in):
    actions.mark_everyone_present(meeting=world.meeting, by=world.alice, on=TODAY)
    post(sign_in(world.alice), "agenda", world.meeting, **lines(("Confidentiel", "", 10), save="1"))
    assert "Confidentiel" in page(sign_in(world.participants[0]), "detail", world.meeting)
    assert "Confidentiel" not in page(sign_in(world.officer), "detail", world.meeting)


# The calendar


def test_a_month_is_whole_weeks_from_sunday():
    span = Span.month_of(date(2025, 1, 20))
    assert (span.days[0], span.days[-1]) == (date(2024, 12, 29), date(2025, 2, 1))
    assert (span.before, span.after) == (date(2024, 12, 31), date(2025, 2, 1))
    week = Span.week_of(date(2025, 1, 20))
    assert (week.days[0], week.after) == (date(2025, 1, 19), date(2025, 1, 26))


def shown(client, view, **query):
    return client.get(f"/rencontres/{view}/", query).content.decode()


@pytest.mark.parametrize("view", ["mois", "semaine"])
def test_a_calendar_shows_what_one_may_see_at_its_dates(world, sign_in, view):
    assert "18-TC-TRP" in shown(sign_in(world.participants[0]), view, day="2025-01-14")
    assert "18-TC-TRP" not in shown(sign_in(world.charlie), view, day="2025-01-14")
    assert "Aucune rencontre à ces dates" in shown(sign_in(world.alice), view, day="2025-05-14")
    assert "anvier 2025" in shown(sign_in(world.alice), view, day="n’importe quand")


def test_ones_own_groups_come_first_in_a_day(world, sign_in):
    other = factory.group("01-a", "01", "Avant")
    factory.meeting(other, factory.DAY, starts_at=time(8))
    everything = shown(sign_in(world.secretary), "mois")
    assert everything.index("01-Avant") < everything.index("18-TC-TRP", everything.index('class="cal '))
    factory.membership(world.secretary, world.group)
    body = shown(sign_in(world.secretary), "mois").split('class="cal ')[1]
    assert body.index("18-TC-TRP") < body.index("01-Avant")
    assert "01-Avant" not in shown(sign_in(world.secretary), "mois", mine="on").split('class="cal ')[1]


def test_a_draft_is_in_the_calendar_of_those_who_run_the_group_only(world, sign_in):
    draft(world)
    assert "Brouillon" in shown(sign_in(world.alice), "mois", day="2025-03-04").split('class="cal ')[1]
    assert "18-TC-TRP" not in shown(sign_in(world.participants[0]), "mois", day="2025-03-04").split('class="cal ')[1]


def test_before_after_and_the_other_views_keep_the_filters(world, sign_in):
    body = shown(sign_in(world.alice), "mois", day="2025-01-14", q="tc", group=world.group.pk)
    kept = f"q=tc&amp;group={world.group.pk}"
    for address in (
        f"?day=2024-12-31&amp;{kept}",
        f"?day=2025-02-01&amp;{kept}",
        f"?day=2025-01-20&amp;{kept}",
        f"/rencontres/semaine/?day=2025-01-14&amp;{kept}",
        f"/rencontres/?{kept}&amp;month=2025-01",
    ):
        assert address in body
    listed = sign_in(world.alice).get("/rencontres/", {"q": "tc", "month": "2025-03"}).content.decode()
    assert "/rencontres/mois/?q=tc&amp;day=2025-03-01" in listed


def test_a_holiday_is_named_in_its_day(world, sign_in):
    assert "Vendredi saint" in shown(sign_in(world.alice), "mois", day="2025-04-01")


def test_a_month_costs_the_same_for_one_meeting_and_for_thirty(world, sign_in, django_assert_max_num_queries):
    client = sign_in(world.secretary)
    with django_assert_max_num_queries(12) as few:
        shown(client, "mois")
    for number in range(30):
        factory.meeting(factory.group(f"g-{number}", "", f"G{number}"), date(2025, 1, 1) + timedelta(days=number))
    with django_assert_max_num_queries(12) as many:
        shown(client, "mois")
    assert len(few) == len(many)
