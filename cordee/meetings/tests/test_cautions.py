"""What is to be weighed before planning: each caution says what, names its rule, and never stops anyone."""

from datetime import date, time, timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse

from cordee.communities.models import AnticipatedTerm, Community, Plan
from cordee.meetings import actions
from cordee.meetings.models import Meeting
from cordee.meetings.tests import factory
from cordee.meetings.views.cautions import proposal, weigh
from cordee.toolkit.testing.worlds import kept

pytestmark = pytest.mark.django_db
TODAY = factory.TODAY
TUESDAY = date(2025, 3, 4)
NEW = "/rencontres/nouvelle/"


@kept
def rules():
    call_command("load_edition", "2024-2025", "--in-force")


def proposed(group, day=TUESDAY, **changed):
    fields = {"starts_at": time(9), "ends_at": time(12), "portion": "half", "modality": "virtual"}
    return proposal(group, day=day, **{**fields, **changed})


def cautions(*proposals):
    """With ordinary spaces: those that do not break are tested with the formats."""
    found = weigh(proposals, on=TODAY).cautions
    return [(caution.sentence.replace("\u00a0", " "), caution.rule, caution.url) for caution in found]


def said(*proposals):
    return [sentence for sentence, _rule, _url in cautions(*proposals)]


def test_an_ordinary_day_has_nothing_to_weigh(world, rules):
    assert cautions(proposed(world.group)) == []


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2025, 4, 18), "Jour férié : Vendredi saint."),
        (date(2025, 3, 8), "C’est une fin de semaine."),
        (date(2024, 8, 20), "Les classes commencent le 26 août 2024."),
        (date(2025, 6, 25), "Les classes sont finies."),
    ],
)
def test_a_day_without_classes_is_pointed_out(world, rules, day, sentence):
    assert said(proposed(world.group, day)) == [sentence]


def test_the_first_and_last_days_of_classes_are_rules_of_the_cadre(world, rules):
    ((_sentence, rule, url),) = cautions(proposed(world.group, date(2024, 8, 20)))
    assert rule.startswith("Premier jour de classe")
    assert url == f"{reverse('reference:edition', args=['2024-2025'])}#rule-class-days.from"


def test_a_year_without_rules_still_knows_its_holidays(world):
    assert said(proposed(world.group, date(2025, 12, 25))) == ["Jour férié : Jour de Noël."]


def test_an_hour_the_clock_says_twice_is_pointed_out(world, rules):
    night = proposed(world.group, date(2024, 11, 3), starts_at=time(1, 30), ends_at=time(4))
    assert any("1 h 30 y passe deux fois" in sentence for sentence in said(night))


def test_hours_that_do_not_make_the_planned_portion_are_pointed_out(world, rules):
    ((sentence, rule, url),) = cautions(proposed(world.group, portion="day"))
    assert sentence == "De 9 h à 12 h, c’est une demi-journée; elle est prévue comme une journée."
    assert "minutes est une journée" in rule
    assert url.endswith("#rule-threshold.planned-day")


def other_group_meets(world, *people, told=True):
    other = factory.group("36-x", "36", "Mentorat")
    for who in people:
        factory.membership(who, other)
    meeting = factory.meeting(other, TUESDAY, starts_at=time(13), ends_at=time(16), planned_portion="half")
    if told:
        actions.announce_meeting(meeting=meeting, by=world.secretary, on=TODAY)
    return meeting


def test_members_expected_elsewhere_that_day_are_counted(world, rules):
    other_group_meets(world, *world.participants[:2])
    ((sentence, rule, url),) = cautions(proposed(world.group))
    assert sentence == "2 membres sont déjà attendus à 36-Mentorat, de 13 h à 16 h."
    assert rule == "Jamais plus d’une journée par personne et par date"
    assert url.endswith("#rule-cap.one-day-per-date")


def test_the_draft_of_another_group_is_not_told(world, rules):
    other_group_meets(world, *world.participants, told=False)
    assert cautions(proposed(world.group)) == []


def test_a_type_has_its_number_of_days(world, rules):
    for number in range(5):
        factory.meeting(world.group, date(2024, 10, 1) + timedelta(weeks=number))
    ((sentence, rule, url),) = cautions(proposed(world.group))
    assert sentence == "Avec elle, la communauté a 6,5 jours de rencontre; son type en prévoit au plus 5."
    assert rule.endswith("jours de rencontre par année, au plus")
    assert url.endswith("#rule-type.supported.frequency-days")


def test_a_series_is_counted_as_it_goes_and_a_meeting_that_moves_is_counted_once(world, rules):
    for number in range(3):
        factory.meeting(world.group, date(2024, 10, 1) + timedelta(weeks=number))
    days = [TUESDAY + timedelta(weeks=number) for number in range(4)]
    weighed = weigh([proposed(world.group, day) for day in days], on=TODAY)
    assert [len(day.cautions) for day in weighed.days] == [0, 0, 1, 1]
    moved = proposed(world.group, portion="day", ends_at=time(15), meeting=world.meeting.pk)
    assert cautions(moved) == []


def test_a_strategic_project_has_the_days_of_its_plan_all_teams_together(world, rules):
    project = factory.group("41-x", "41", "Inclusion", "strategic-project")
    plan = Plan.objects.create(community=Community.objects.create(group=project), year="2024-2025", status="ongoing")
    AnticipatedTerm.objects.create(plan=plan, people=8, days=2)
    for number in range(2):
        factory.meeting(project, date(2024, 10, 1) + timedelta(weeks=number))
    ((sentence, rule, url),) = cautions(proposed(project))
    assert sentence == "Avec elle, la communauté a 2,5 jours de rencontre; son plan en prévoit 2."
    assert url.endswith("#rule-type.strategic-project.yearly-limit")
    assert rule


@pytest.mark.parametrize(
    ("slug", "most", "changed", "sentences"),
    [
        (
            "27-comite-executif",
            10,
            {"ends_at": time(11)},
            ["rencontre 11 de l’année", "dure 2 h; le cadre en prévoit 90"],
        ),
        (
            "grand-groupe",
            7,
            {"ends_at": time(15), "portion": "day"},
            ["rencontre 8 de l’année", "se réunit en présence"],
        ),
        (
            "cgscas",
            5,
            {"ends_at": time(11, 15), "modality": "hybrid"},
            ["rencontre 6 de l’année", "se réunit en virtuel"],
        ),
    ],
)
def test_a_body_meets_as_often_as_long_and_as_the_cadre_says(world, rules, slug, most, changed, sentences):
    body = factory.group(slug, "", slug, "body")
    for number in range(most):
        factory.meeting(body, date(2024, 9, 3) + timedelta(days=number))
    found = cautions(proposed(body, **changed))
    assert len(found) == len(sentences)
    for (sentence, _rule, url), expected in zip(found, sentences, strict=True):
        assert expected in sentence
        assert "#rule-body." in url


def test_limits_are_those_of_the_group_the_rules_name(world, rules):
    unnamed = factory.group("tdg", "", "Table des directions générales", "body")
    namesake = factory.group("cgscas", "", "CGSCAS", "networking")
    for number in range(12):
        factory.meeting(unnamed, date(2024, 9, 3) + timedelta(days=number))
    assert cautions(proposed(unnamed, ends_at=time(19), portion="day")) == []
    assert cautions(proposed(namesake, modality="hybrid")) == []


def test_a_whole_series_costs_as_many_queries_as_one_meeting(world, rules, django_assert_max_num_queries):
    other_group_meets(world, *world.participants)
    with django_assert_max_num_queries(6) as one:
        cautions(proposed(world.group))
    with django_assert_max_num_queries(6) as many:
        cautions(*(proposed(world.group, TUESDAY + timedelta(days=number)) for number in range(31)))
    assert len(one) == len(many)


# On the page


def fields(world, **changed):
    typed = {"group": world.group.pk, "day": "2025-03-08", "starts_at": "9:00", "ends_at": "12:00"}
    return {**typed, "planned_portion": "half", "modality": "virtual", **changed}


def test_without_javascript_what_is_to_be_weighed_is_shown_once_then_passed_over(world, rules, sign_in):
    client = sign_in(world.alice)
    first = client.post(NEW, fields(world))
    page = first.content.decode()
    assert first.status_code == 422
    assert "C’est une fin de semaine." in page
    assert "Planifier quand même" in page
    assert not Meeting.objects.filter(date=date(2025, 3, 8)).exists()
    digest = page.split('name="despite" value="')[1].split('"')[0]
    assert client.post(NEW, fields(world, despite="autre")).status_code == 422
    assert client.post(NEW, fields(world, despite=digest)).status_code == 302
    assert Meeting.objects.filter(date=date(2025, 3, 8)).exists()


def test_while_one_types_the_part_beside_the_form_follows(world, rules, sign_in):
    client, url = sign_in(world.alice), reverse("meetings:weigh_new")
    part = client.get(url, fields(world), headers={"HX-Request": "true"}).content.decode()
    assert "C’est une fin de semaine." in part
    assert "<html" not in part
    assert "despite" not in client.get(url, fields(world, day="bientôt")).content.decode()
    assert sign_in(world.charlie).get(url).status_code == 403


def test_a_day_of_a_series_is_left_out(world, rules, sign_in):
    client = sign_in(world.alice)
    typed = fields(world, day="2025-04-11", repeat="weekly", until="2025-04-25")
    page = client.post(NEW, typed).content.decode()
    assert "Vendredi saint" in page
    assert client.post(NEW, {**typed, "leave": "2025-04-18"}).status_code == 302
    assert [f"{meeting.date:%d}" for meeting in Meeting.objects.filter(series__isnull=False).order_by("date")] == [
        "11",
        "25",
    ]


def test_a_move_and_a_change_are_weighed_too(world, rules, sign_in):
    meeting = factory.meeting(world.group, TUESDAY, planned_portion="half", ends_at=time(12))
    client = sign_in(world.alice)
    url, moved = reverse("meetings:weigh_change", args=[meeting.pk]), {"starts_at": "9:00", "ends_at": "12:00"}
    assert "fin de semaine" in client.get(url, {**moved, "day": "2025-03-08"}).content.decode()
    changed = {"planned_portion": "day", "modality": "virtual"}
    assert "prévue comme une journée" in client.get(url, changed).content.decode()
    move = reverse("meetings:move", args=[meeting.pk])
    assert "Déplacer quand même" in client.post(move, {**moved, "day": "2025-03-08"}).content.decode()
    assert client.post(move, {**moved, "day": "2025-03-05"}).status_code == 302
    change = reverse("meetings:change", args=[meeting.pk])
    assert "Enregistrer quand même" in client.post(change, changed).content.decode()
    assert client.post(change, {**changed, "planned_portion": "half", "place": "Granby"}).status_code == 302
    assert (Meeting.objects.get(pk=meeting.pk).date, Meeting.objects.get(pk=meeting.pk).place) == (
        date(2025, 3, 5),
        "Granby",
    )
