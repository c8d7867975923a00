import pytest
from django.urls import reverse

from cordee.meetings import actions
from cordee.meetings.actions import Mark
from cordee.meetings.models import Attendance, Validation
from cordee.meetings.tests import factory
from cordee.people.models import Person

pytestmark = pytest.mark.django_db
TODAY = factory.TODAY
HTMX = {"HX-Request": "true"}


def address(name, world, *more):
    return reverse(f"meetings:{name}", args=[world.meeting.pk, *more])


def tap(client, world, person, portion, version=0, **more):
    fields = {f"portion-{person.pk}": portion, f"version-{person.pk}": version, "since": 0, **more}
    return client.post(address("mark", world, person.pk), fields, headers=HTMX)


def test_the_roster_lists_everyone_with_employer_category_and_state(world, sign_in):
    page = sign_in(world.alice).get(address("roster", world)).content.decode()
    for person in [*world.participants, world.alice]:
        assert person.full_name in page
    assert "Patriotes, personnel professionnel" in page
    assert page.count("À saisir") == 4
    assert "data-roster" in page


@pytest.mark.parametrize(
    ("who", "status"),
    [("alice", 200), ("bob", 200), ("secretary", 200), ("charlie", 404), ("officer", 404), ("participant", 403)],
)
def test_who_sees_the_roster(world, sign_in, who, status):
    person = world.participants[0] if who == "participant" else getattr(world, who)
    assert sign_in(person).get(address("roster", world)).status_code == status


def test_the_treasurer_reads_and_cannot_type(world, sign_in):
    client = sign_in(world.bob)
    assert "hx-post" not in client.get(address("roster", world)).content.decode().split('id="lines"')[1]
    response = tap(client, world, world.participants[0], "day")
    assert response.status_code == 403
    assert not Attendance.objects.exists()


def test_one_tap_saves_and_answers_with_the_line_and_the_totals(world, sign_in):
    who = world.participants[0]
    response = tap(sign_in(world.alice), world, who, "half")
    body = response.content.decode()
    assert response.status_code == 200
    assert f'id="state-{who.pk}"' in body
    assert f'name="version-{who.pk}" value="1"' in body
    assert 'id="total-figures"' in body
    assert "1 présence" in body
    assert "<html" not in body
    assert Attendance.objects.get().portion == "half"


def test_a_stale_tap_is_refused_and_shows_both_values_and_what_is_recorded(world, sign_in):
    who = world.participants[0]
    tap(sign_in(world.secretary), world, who, "day")
    response = tap(sign_in(world.alice), world, who, "none")
    body = response.content.decode()
    assert response.status_code == 409
    assert "Journée" in body
    assert "Absence" in body
    assert f'id="person-{who.pk}"' in body
    assert 'hx-swap-oob="true"' in body
    assert Attendance.objects.get().portion == "day"


def test_the_plain_form_saves_every_line_and_only_what_changed(world, sign_in):
    client = sign_in(world.alice)
    first, second, third = world.participants
    fields = {f"version-{person.pk}": 0 for person in (first, second, third)}
    fields |= {f"portion-{first.pk}": "none", f"reason-{first.pk}": "Maladie", f"portion-{second.pk}": "day"}
    response = client.post(address("roster", world), fields)
    assert response.status_code == 302
    assert dict(Attendance.objects.values_list("person", "portion")) == {first.pk: "none", second.pk: "day"}
    assert "2 présences enregistrées." in client.get(address("roster", world)).content.decode()


def test_the_plain_form_says_what_someone_else_changed_and_saves_the_rest(world, sign_in):
    first, second, _third = world.participants
    actions.mark_attendance(meeting=world.meeting, mark=Mark(first.pk, "day", 0), by=world.secretary, on=TODAY)
    fields = {
        f"version-{first.pk}": 0,
        f"portion-{first.pk}": "none",
        f"version-{second.pk}": 0,
        f"portion-{second.pk}": "half",
    }
    response = sign_in(world.alice).post(address("roster", world), fields)
    assert response.status_code == 409
    assert "Solène Test" in response.content.decode()
    assert dict(Attendance.objects.values_list("person", "portion")) == {first.pk: "day", second.pk: "half"}


def test_a_mark_can_be_taken_away_without_javascript(world, sign_in):
    who = world.participants[0]
    actions.mark_attendance(meeting=world.meeting, mark=Mark(who.pk, "day", 0), by=world.alice, on=TODAY)
    fields = {f"version-{who.pk}": 1, f"portion-{who.pk}": "day", "clear": who.pk}
    sign_in(world.alice).post(address("roster", world), fields)
    assert Attendance.objects.get().portion == ""


def test_five_interactions_from_home_to_validated(sign_in):
    world = factory.world(participants=14)
    client = sign_in(world.alice)
    home = client.get("/").content.decode()
    assert "Présences à terminer, 18-TC-TRP" in home
    assert address("roster", world) in home  # 1: « Terminer »
    client.get(address("roster", world))
    client.post(address("everyone", world))  # 2: « Tout le monde présent »
    half, absent = world.participants[:2]
    assert tap(client, world, half, "half", 1).status_code == 200  # 3
    assert tap(client, world, absent, "none", 1).status_code == 200  # 4
    response = client.post(address("validation", world))  # 5: « Valider »
    assert response.status_code == 302
    assert Validation.objects.get().validated_by == world.alice
    portions = list(Attendance.objects.values_list("portion", flat=True))
    assert (len(portions), portions.count("day"), portions.count("half"), portions.count("none")) == (15, 13, 1, 1)


def test_everyone_present_can_be_undone_by_one_button(world, sign_in):
    client = sign_in(world.alice)
    client.post(address("everyone", world))
    changes = [change for row in Attendance.objects.all() for change in row.changes.all()]
    undo = address("undo", world, actions.undo_token(changes))
    assert undo in client.get(address("roster", world)).content.decode()
    client.post(undo)
    assert set(Attendance.objects.values_list("portion", flat=True)) == {""}


def watch(client, world, since, shape="4"):
    return client.get(address("roster", world), {"since": since, "shape": shape}, headers=HTMX)


def test_nothing_new_costs_nothing(world, sign_in):
    response = watch(sign_in(world.alice), world, 0)
    assert response.status_code == 204


def test_what_someone_else_marks_arrives_by_itself_and_says_who(world, sign_in):
    who = world.participants[0]
    actions.mark_attendance(meeting=world.meeting, mark=Mark(who.pk, "day", 0), by=world.secretary, on=TODAY)
    body = watch(sign_in(world.alice), world, 0).content.decode()
    assert f'id="person-{who.pk}"' in body
    assert f'id="person-{world.participants[1].pk}"' not in body
    assert "Solène Test" in body
    assert 'id="total-figures"' in body


def test_a_page_knows_its_own_mark_but_not_one_that_came_between(world, sign_in):
    first, second, third = world.participants
    client = sign_in(world.alice)
    body = tap(client, world, first, "day", since=0).content.decode()
    own = Attendance.objects.get(person=first).changes.get().pk
    assert f'name="since" value="{own}"' in body
    actions.mark_attendance(meeting=world.meeting, mark=Mark(second.pk, "day", 0), by=world.secretary, on=TODAY)
    body = tap(client, world, third, "day", since=own).content.decode()
    assert f'name="since" value="{own}"' in body


def test_a_validated_meeting_loads_again_and_is_read_only(world, sign_in):
    actions.validate_meeting(meeting=world.meeting, by=world.secretary, on=TODAY, absent_for_unmarked=True)
    client = sign_in(world.alice)
    assert watch(client, world, 0).headers["HX-Refresh"] == "true"
    page = client.get(address("roster", world)).content.decode()
    assert "Présences validées." in page
    assert address("correction", world, world.participants[0].pk) in page
    assert "hx-post" not in page.split('id="lines"')[1]


def test_a_half_day_meeting_does_not_offer_a_day(world, sign_in):
    world.meeting.planned_portion = "half"
    world.meeting.save(update_fields=["planned_portion"])
    page = sign_in(world.alice).get(address("roster", world)).content.decode()
    assert 'value="half"' in page
    assert 'value="day"' not in page
    assert tap(sign_in(world.alice), world, world.participants[0], "day").status_code == 422


@pytest.mark.parametrize("fields", [{}, {"version": "x"}, {"version": "-1"}, {"version": "9" * 40}])
def test_what_cannot_be_read_is_said_and_changes_nothing(world, sign_in, fields):
    who = world.participants[0]
    typed = {f"{name}-{who.pk}": value for name, value in fields.items()}
    response = sign_in(world.alice).post(address("mark", world, who.pk), {f"portion-{who.pk}": "day", **typed})
    assert response.status_code == 422
    assert not Attendance.objects.exists()


def count_queries(django_assert_max_num_queries, client, url, most):
    with django_assert_max_num_queries(most) as counted:
        client.get(url)
    return len(counted)


def test_the_roster_costs_the_same_for_five_people_and_for_sixty(world, sign_in, django_assert_max_num_queries):
    client = sign_in(world.alice)
    few = count_queries(django_assert_max_num_queries, client, address("roster", world), 12)
    for n in range(56):
        factory.membership(factory.person(f"Autre{n:02d}", account=False), world.group)
    actions.mark_everyone_present(meeting=world.meeting, by=world.alice, on=TODAY)
    client = sign_in(Person.objects.get(pk=world.alice.pk))
    assert count_queries(django_assert_max_num_queries, client, address("roster", world), 12) == few
