"""The pages of minutes: plain forms, what HTMX asks for, who sees what, and the PDF."""

import io
from datetime import date

import pikepdf
import pytest
from django.urls import reverse

from cordee.meetings import actions
from cordee.meetings.actions import Point, state_of
from cordee.meetings.models import FollowUp, Meeting, MinutesApproval, MinutesLock, with_minutes
from cordee.meetings.models.outline import outline_of
from cordee.meetings.tests import factory
from cordee.meetings.todo import follow_ups_to_do
from cordee.toolkit.contributions import group_panels

pytestmark = [pytest.mark.django_db, pytest.mark.above_the_database]
TODAY = factory.TODAY
HTMX = {"HX-Request": "true"}
HOSTILE = (
    '<script>alert(1)</script>\n\n[ici](javascript:alert(1))\n\n#import "x" $y$ @z *a*\n\n| a |\n|---|\n| <b>b</b> |'
)


@pytest.fixture
def point(world):
    points = [Point("Retour sur les classes", world.alice, 30)]
    actions.write_agenda(meeting=world.meeting, points=points, seen=state_of([]), **who(world))
    return outline_of(world.meeting)[0].key


def who(world):
    return {"by": world.alice, "on": TODAY}


def address(world, name="minutes", *rest):
    return reverse(f"meetings:{name}", args=[world.meeting.pk, *rest])


def write(world, key="decisions", text="On continue.", seen=0, by=None):
    actions.write_section(meeting=world.meeting, key=key, text=text, seen=seen, by=by or world.alice, on=TODAY)


def text(world, key="decisions"):
    return next(entry.text for entry in outline_of(world.meeting) if entry.key == key)


def take_on(world, what="Écrire aux écoles", owner=None, due_on=None):
    owner = owner or world.participants[0]
    return actions.add_follow_up(meeting=world.meeting, what=what, owner=owner, due_on=due_on, **who(world))


def body(response):
    return response.content.decode()


def autosave(client, world, key, **typed):
    return client.post(address(world, "minutes_part", key), {f"{n}-{key}": v for n, v in typed.items()}, headers=HTMX)


def settle(client, world, choice, **typed):
    sent = {choice: "decisions", **{f"{name}-decisions": value for name, value in typed.items()}}
    return client.post(address(world, "minutes_part", "decisions"), sent, headers=HTMX)


# Writing


def test_one_form_saves_every_part_without_javascript(world, sign_in, point):
    client = sign_in(world.alice)
    typed = {f"version-{point}": 0, f"text-{point}": "Trois classes.", "version-decisions": 0, "text-decisions": "Oui."}
    assert client.post(address(world), typed).status_code == 302
    assert (text(world, point), text(world)) == ("Trois classes.", "Oui.")


def test_a_form_without_javascript_shows_both_texts_and_saves_nothing_over_another(world, sign_in):
    client = sign_in(world.secretary)
    write(world, text="Alice écrit.")
    typed = {"version-decisions": 0, "text-decisions": "Solène écrit."}
    refused = client.post(address(world), typed)
    assert refused.status_code == 409
    assert "Alice écrit." in body(refused)
    assert "Solène écrit." in body(refused)
    assert 'name="version-decisions" value="0"' in body(refused)
    assert text(world) == "Alice écrit."
    client.post(address(world), {**typed, "theirs-decisions": 1, "keep": "decisions"})
    assert text(world) == "Solène écrit."


def test_a_part_saves_by_itself_and_says_the_hour(world, sign_in):
    client = sign_in(world.alice)
    answer = autosave(client, world, "decisions", version=0, text="On continue.")
    assert answer.status_code == 200
    assert 'name="version-decisions" value="1"' in body(answer)
    assert "Enregistré le" in body(answer)
    assert text(world) == "On continue."


def test_who_comes_second_sees_both_texts_and_chooses(world, sign_in):
    client = sign_in(world.secretary)
    write(world, text="Alice écrit.")
    answer = autosave(client, world, "decisions", version=0, text="Solène écrit.")
    assert answer.status_code == 409
    assert "Alice Test a écrit dans" in body(answer)
    assert 'hx-swap-oob="true"' in body(answer)
    joined = settle(client, world, "join", theirs=1, text="Solène écrit.")
    assert joined.status_code == 200
    assert text(world) == "Alice écrit.\nSolène écrit."
    taken = settle(client, world, "take", theirs=2, text="Encore")
    assert "Alice écrit.\nSolène écrit.</textarea>" in body(taken)
    assert text(world) == "Alice écrit.\nSolène écrit."


def test_a_choice_made_before_a_third_writing_is_asked_again(world, sign_in):
    client = sign_in(world.secretary)
    write(world, text="Un")
    write(world, text="Deux", seen=1)
    assert settle(client, world, "keep", theirs=1, text="Le mien").status_code == 409
    assert text(world) == "Deux"


def test_news_bring_what_others_wrote_and_nothing_when_nobody_did(world, sign_in, point):
    client = sign_in(world.secretary)
    known = {f"version-{entry.key}": entry.version for entry in outline_of(world.meeting)}
    assert client.get(address(world), {"news": "", **known}, headers=HTMX).status_code == 204
    write(world, text="Alice écrit.")
    news = body(client.get(address(world), {"news": "", **known}, headers=HTMX))
    assert 'id="part-decisions"' in news
    assert f'id="part-{point}"' not in news
    assert "Alice Test a écrit ici" in news
    del known[f"version-{point}"]
    assert client.get(address(world), {"news": "", **known}, headers=HTMX)["HX-Refresh"] == "true"


def test_the_preview_shows_what_the_reader_will_see(world, sign_in):
    client = sign_in(world.alice)
    shown = body(client.post(address(world, "minutes_preview"), {"text-decisions": "- **a**"}, headers=HTMX))
    assert shown == "<ul><li><strong>a</strong></li></ul>"


# Reading


def test_members_read_the_draft_and_who_only_bills_for_them_does_not(world, sign_in):
    write(world)
    actions.mark_everyone_present(meeting=world.meeting, **who(world))
    for person, status in (
        (world.participants[0], 200),
        (world.bob, 200),
        (world.officer, 403),
        (world.charlie, 404),
    ):
        assert sign_in(person).get(address(world)).status_code == status
    page = body(sign_in(world.participants[0]).get(address(world)))
    assert "On continue." in page
    assert "<textarea" not in page


def test_hostile_markdown_is_text_on_the_page_and_in_the_pdf(world, sign_in):
    write(world, text=HOSTILE)
    client = sign_in(world.participants[0])
    page = body(client.get(address(world)))
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    answer = client.get(address(world, "minutes_pdf"))
    with pikepdf.open(io.BytesIO(answer.content)) as document:
        assert document.Root.MarkInfo.Marked
        assert document.Root.StructTreeRoot


@pytest.mark.parametrize(
    "odd",
    [
        "#",
        "# \u00a0",
        "# ` `",
        "# <https://exemple.test>",
        "[](https://exemple.test)",
        "<https://exemple.test>",
        "| | |\n|-|-|\n| | |",
        "|a|\n|-|",
        "999999999. fin",
        "0. début",
        "- - - a\n> - # b\n>   1. > c",
        "- # Titre dans une liste\n\n  | a |\n  |---|\n  | `b` |",
        "```\n```",
        "***\n---",
        "a\\\nb  \nc",
        "[a **b** `c`](mailto:a@exemple.test)",
        "&lt;&amp;&#0;&nbsp;",
        ">",
        "-",
    ],
)
def test_whatever_is_typed_makes_a_document_that_pdf_ua_accepts(world, sign_in, odd):
    write(world, text=odd)
    answer = sign_in(world.alice).get(address(world, "minutes_pdf"))
    assert answer.content.startswith(b"%PDF")


def test_attendance_and_apologies_come_by_themselves_without_the_reasons(world, sign_in):
    first, second, third = world.participants
    for person, portion, reason in ((first, "day", ""), (second, "none", "Maladie"), (third, "none", "")):
        mark = actions.Mark(person.pk, portion, 0, reason)
        actions.mark_attendance(meeting=world.meeting, mark=mark, **who(world))
    page = body(sign_in(world.alice).get(address(world)))
    assert "Absences motivées" in page
    assert "Maladie" not in page
    assert "1 personne reste à saisir" in page


def test_the_page_of_the_meeting_says_where_the_minutes_are(world, sign_in):
    def summary():
        found = with_minutes(Meeting.objects.filter(pk=world.meeting.pk)).get()
        return found.minutes_state, found.open_follow_ups, found.document_count

    assert summary() == ("none", 0, 0)
    write(world)
    take_on(world)
    actions.add_document(meeting=world.meeting, name="a.txt", content=b"a", **who(world))
    assert summary() == ("draft", 1, 1)
    assert "Continuer le compte rendu" in body(sign_in(world.alice).get(address(world, "detail")))


# Approval, lock, corrections


def test_the_life_of_minutes_from_the_pages(world, sign_in):
    write(world)
    client = sign_in(world.alice)
    later = factory.meeting(world.group, date(2025, 1, 17))
    answer = client.post(address(world, "minutes_approval"), {"way": "at-meeting", "at_meeting": later.pk})
    assert answer.status_code == 302
    assert MinutesApproval.objects.get().at_meeting == later
    assert "Approuvé à la rencontre du" in body(client.get(address(world)))
    client.post(address(world, "minutes_approval_withdrawal"))
    assert not MinutesApproval.objects.exists()
    client.post(address(world, "minutes_approval"), {"way": "by-members", "approved_on": "2025-01-18"})
    client.post(address(world, "minutes_lock"))
    assert MinutesLock.objects.exists()
    assert client.get(address(world, "minutes_correction")).status_code == 200
    typed = {"key": "decisions", "text": "Lire le 4.", "reason": "Date inversée"}
    assert client.post(address(world, "minutes_correction"), typed).status_code == 302
    page = body(sign_in(world.participants[0]).get(address(world)))
    assert "Lire le 4." in page
    assert "Date inversée" in page


def test_an_approval_that_cannot_be_is_said_in_its_form(world, sign_in):
    write(world)
    answer = sign_in(world.alice).post(address(world, "minutes_approval"), {"way": "by-members", "approved_on": ""})
    assert answer.status_code == 422
    assert "suit la rencontre" in body(answer)
    assert sign_in(world.participants[0]).get(address(world, "minutes_approval")).status_code == 403


# Follow-ups


def test_a_follow_up_is_on_its_owners_list_and_on_the_groups_page_until_done(world, sign_in):
    owner = world.participants[0]
    follow_up = take_on(world, due_on=date(2025, 1, 17))
    (task,) = follow_ups_to_do(owner, on=TODAY)
    assert task.title == "Écrire aux écoles"
    assert task.is_late(TODAY)
    panels = group_panels.collect(owner, on=TODAY, group=world.group)
    assert any(panel.template == "meetings/group_follow_ups.html" for panel in panels)
    client = sign_in(owner)
    client.post(reverse("meetings:follow_up_done", args=[follow_up.pk]))
    assert list(follow_ups_to_do(owner, on=TODAY)) == []
    panels = group_panels.collect(owner, on=TODAY, group=world.group)
    assert all(panel.template != "meetings/group_follow_ups.html" for panel in panels)
    assert client.post(reverse("meetings:follow_up_done", args=[follow_up.pk])).status_code == 409
    client.post(reverse("meetings:follow_up_reopening", args=[follow_up.pk]))
    assert len(list(follow_ups_to_do(owner, on=TODAY))) == 1


def test_a_follow_up_is_done_by_its_owner_or_by_who_runs_the_group(world, sign_in):
    follow_up = take_on(world)
    done = reverse("meetings:follow_up_done", args=[follow_up.pk])
    assert sign_in(world.participants[1]).post(done).status_code == 403
    assert sign_in(world.charlie).post(done).status_code == 404
    assert sign_in(world.alice).post(done).status_code == 302


def test_a_follow_up_is_added_taken_out_and_put_back(world, sign_in):
    client = sign_in(world.alice)
    typed = {"what": "Écrire", "owner": world.participants[0].pk, "due_on": "4 février 2025"}
    client.post(address(world, "follow_up_new"), typed)
    follow_up = FollowUp.objects.get()
    assert follow_up.due_on == date(2025, 2, 4)
    page = client.post(reverse("meetings:follow_up_removal", args=[follow_up.pk]), follow=True)
    assert not FollowUp.objects.exists()
    undo = [*page.context["messages"]][-1].extra_tags.split("undo:")[1].split()[0]
    client.post(undo)
    assert FollowUp.objects.get().due_on == date(2025, 2, 4)
    assert client.post(undo[:-2] + "/").status_code == 409
    twice = client.post(undo)
    assert twice.status_code == 409
    assert "déjà remis" in twice.content.decode()
    assert FollowUp.objects.count() == 1


def test_a_follow_up_is_taken_on_by_someone_of_the_meeting(world, sign_in):
    typed = {"what": "Écrire", "owner": world.charlie.pk, "due_on": ""}
    assert sign_in(world.alice).post(address(world, "follow_up_new"), typed).status_code == 422
