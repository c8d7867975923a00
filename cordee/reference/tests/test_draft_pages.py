"""The pages of a draft: reading it, writing it with and without JavaScript, comparing, who changed what."""

import re

import pytest
from django.urls import reverse

from cordee.people.models import Group
from cordee.records import journal
from cordee.reference.models import Revision
from cordee.reference.tests.drafts import draft, in_force, person, row, signed_in
from cordee.toolkit.testing.worlds import kept

pytestmark = [pytest.mark.django_db, pytest.mark.above_the_database]
HERE = ("2025-2026", 1)
RATE = "rate.professional.day"
HTMX = {"HTTP_HX_REQUEST": "true"}


@kept
def secretary():
    return person("Blandine", "secretary")


@kept
def revision(secretary) -> Revision:
    return draft(secretary)


@pytest.fixture
def page(client, secretary):
    return signed_in(client, secretary)


def url(name: str, *args: object) -> str:
    return reverse(f"reference:{name}", args=[*HERE, *args])


def shown(response) -> str:
    return response.content.decode().replace("\xa0", " ")


def save(page, key: str, value: str, *, seen: int = 0, **more: str):
    sent = {f"value-{key}": value, f"version-{key}": str(seen), **more}
    return page.post(url("rule", key), sent, **HTMX)


def test_a_rule_is_saved_as_one_types_and_the_answer_says_by_whom_and_what_it_changes(page, revision):
    answer = save(page, RATE, "290")
    assert answer.status_code == 200
    assert row(revision, RATE).value == "290.00"
    html = shown(answer)
    assert 'name="version-rate.professional.day" value="1"' in html
    assert "par Blandine Test" in html
    assert "+10,00 $ ou +3,6 %" in html


def test_what_cannot_be_read_is_said_and_not_written(page, revision):
    answer = save(page, RATE, "deux cents")
    assert answer.status_code == 422
    assert "« deux cents » ne se lit pas" in shown(answer)
    assert row(revision, RATE).value == "280.00"


@pytest.mark.parametrize(
    ("key", "typed", "written"),
    [
        (RATE, "1 290,5 $", "1290.50"),
        ("type.supported.yearly-days", "5,5", "5.5"),
        ("period.mid-year.due", "29 janvier 2026", "2026-01-29"),
        ("threshold.half-day", "150", "150"),
        ("cap.one-day-per-date", "false", "false"),
        ("type.supported.compensation", "never", "never"),
    ],
)
def test_each_kind_is_typed_as_people_write_it(page, revision, key, typed, written):
    assert save(page, key, typed).status_code == 200
    assert row(revision, key).value == written


def test_two_people_at_one_rule_see_both_values_and_nothing_is_lost(client, page, revision):
    save(page, "prose.half-day", "La moitié.")
    other = signed_in(client, person("Solène", "coordinator"))
    refused = save(other, "prose.half-day", "Un demi-montant.")
    html = shown(refused)
    assert refused.status_code == 409
    assert "Blandine Test a changé cette règle" in html
    assert re.search(r"<pre[^>]*>La moitié\.", html)
    assert re.search(r"<pre[^>]*>Un demi-montant\.", html)
    assert row(revision, "prose.half-day").value == "La moitié."


@pytest.mark.parametrize(
    ("choice", "left"), [("take", "La moitié."), ("keep", "Un demi."), ("join", "La moitié.\nUn demi.")]
)
def test_one_chooses_between_the_two(page, revision, choice, left):
    key = "prose.half-day"
    save(page, key, "La moitié.")
    answer = save(page, key, "Un demi.", **{choice: key, f"theirs-{key}": "1"})
    assert answer.status_code == 200
    assert row(revision, key).value == left
    assert f">{left}</textarea>" in shown(answer)


def test_without_javascript_one_form_saves_the_article_and_keeps_what_was_refused(page, revision):
    address = url("article", "18.1")
    names = re.findall(r'name="(version-[^"]+)"', shown(page.get(address)))
    assert len(names) > 15
    sent = {name: "0" for name in names} | {f"value-{RATE}": "290,00", "value-rate.teacher.day": "beaucoup"}
    answer = page.post(address, sent)
    assert answer.status_code == 409
    assert row(revision, RATE).value == "290.00"
    assert 'value="beaucoup"' in shown(answer)
    sent |= {f"version-{RATE}": "1", "value-rate.teacher.day": "265"}
    assert page.post(address, sent).status_code == 302
    assert row(revision, "rate.teacher.day").value == "265.00"


def test_the_name_the_note_and_what_is_left_open_are_written_too(page, revision):
    key = "rate.teacher.half-day"
    sent = {f"fr-{key}": "Demi-journée", f"en-{key}": "Half day", f"note-{key}": "", f"version-{key}": "0"}
    assert page.post(url("rule", key), sent, **HTMX).status_code == 200
    found = row(revision, key)
    assert (found.label_fr, found.interpretation, found.note, found.value) == ("Demi-journée", False, "", "130.00")


def test_the_draft_says_what_stands_in_the_way_and_where(page, revision):
    save(page, "rate.professional.half-day", "300")
    save(page, "prose.half-day", "Voir [[99]]")
    html = shown(page.get(url("draft")))
    assert "2 erreurs en empêchent" in html
    assert "La demi-journée de « rate.professional.half-day » dépasse la journée." in html
    assert f'<a href="{url("article", "18.2")}">18.2</a> « prose.half-day » cite « 99 »' in html
    assert "À trancher" in html


def test_a_missing_rule_is_mended_where_others_of_its_kind_stand(page, revision):
    page.post(url("remove", "rate.teacher.half-day"))
    html = shown(page.get(url("draft")))
    assert f'<a href="{url("article", "18.1")}">18.1</a> Il manque la règle « rate.teacher.half-day ».' in html


def test_a_text_is_previewed_as_it_will_be_read(page, revision):
    sent = {"value-prose.half-day": "Au plus [[rate.professional.day]]\n\n{{ rates }}\n\n<script>1</script>"}
    html = shown(page.post(url("preview", "prose.half-day"), sent, **HTMX))
    assert '<a href="#rule-rate.professional.day">280,00 $</a>' in html
    assert "tableau « rates »" in html
    assert "<script>" not in html


def test_a_rule_is_added_taken_out_and_brought_back(page, revision):
    sent = {"kind": "money", "key": "cap.meals", "value": "25 $", "label_fr": "Repas", "label_en": "Meals"}
    assert page.post(url("new_rule", "16.1"), sent).status_code == 302
    assert row(revision, "cap.meals").value == "25.00"
    assert "existe déjà" in shown(page.post(url("new_rule", "16.1"), sent))
    assert "ne se lit pas" in shown(page.post(url("new_rule", "16.1"), sent | {"key": "cap.two", "value": "x"}))
    page.post(url("remove", "cap.meals"))
    assert not revision.rules.filter(key="cap.meals").exists()
    page.post(url("undo", journal.history(revision).last().pk))
    assert row(revision, "cap.meals").value == "25.00"


def test_an_article_is_added(page, revision):
    sent = {"number": "18.5", "title_fr": "Repas", "title_en": "Meals", "after": "18.4"}
    assert page.post(url("new_article"), sent).status_code == 302
    assert "Repas" in shown(page.get(url("article", "18.5")))


def test_a_type_in_use_is_kept_and_one_is_told_by_whom(page, revision):
    Group.objects.create(slug="40-ccq", number="40", name="CCQ", kind="supported")
    answer = page.post(url("remove_type", "supported"))
    assert answer.status_code == 409
    assert "40-CCQ" in shown(answer)


def test_who_changed_what_is_told_with_old_and_new_and_undone(page, revision):
    save(page, RATE, "290")
    html = shown(page.get(url("history")))
    assert "Blandine Test" in html
    assert "<del>280,00 $</del> <ins>290,00 $</ins>" in html
    assert html.count("retour/") == 1
    page.post(url("undo", journal.history(revision).last().pk))
    assert row(revision, RATE).value == "280.00"


def test_a_draft_is_read_with_its_changes_marked_or_as_it_will_be(page, revision):
    save(page, "prose.half-day", "La demi-journée vaut la moitié du montant journalier.")
    save(page, RATE, "290")
    marked = shown(page.get(url("revision") + "?vue=comparer"))
    assert "2 articles changent" in marked
    assert "<ins>La demi-journée vaut" in marked
    assert "<del>280,00 $</del> <ins>290,00 $</ins>" in marked
    assert marked.count(">modifié<") == 1
    plain = shown(page.get(url("revision")))
    assert "<ins>" not in plain
    assert "290,00 $" in plain


def test_two_revisions_are_compared_rule_by_rule(page, revision):
    save(page, RATE, "290")
    page.post(url("remove", "cap.training-participants"))
    html = shown(page.get(url("compare", "2024-2025-1")))
    assert "2 règles diffèrent" in html
    assert "<del>280,00 $</del>" in html
    assert "<ins>290,00 $</ins>" in html
    assert "Retirée" in html
    assert page.get(url("compare", "2024-2025-9")).status_code == 404
    assert page.get(url("compare", "hier")).status_code == 404


def test_a_word_is_searched_in_the_framework_without_its_accents(page, revision):
    found = shown(page.get(url("revision") + "?q=demi-journee+professionnel"))
    anchors = re.findall(r'id="rule-([^"]+)"', found)
    assert "rate.professional.half-day" in anchors
    assert "rate.teacher.day" not in anchors
    assert "Rien de tel" in shown(page.get(url("revision") + "?q=zzzz"))


def test_members_read_a_draft_and_write_nothing(client, revision):
    member = signed_in(client, person("Charlie"))
    assert member.get(url("revision")).status_code == 200
    assert member.get(url("compare", "2024-2025-1")).status_code == 200
    assert member.get(url("draft")).status_code == 403
    assert save(member, RATE, "1").status_code == 403
    assert url("draft") not in shown(member.get(url("revision")))


def test_a_revision_in_force_has_no_page_to_write_in(page):
    in_force()
    for name in ("draft", "history"):
        assert page.get(reverse(f"reference:{name}", args=["2024-2025", 1])).status_code == 404


def test_the_next_year_and_a_correction_are_begun_from_the_page(page):
    in_force()
    html = shown(page.get(reverse("reference:edition", args=["2024-2025"])))
    assert "Commencer 2025-2026" in html
    assert page.post(reverse("reference:start_next", args=["2024-2025"])).status_code == 302
    assert page.post(reverse("reference:start_correction", args=["2024-2025"])).status_code == 302
    html = shown(page.get(reverse("reference:edition", args=["2024-2025"])))
    assert "Commencer" not in html
    assert "La révision 2 est à l’étude" in html
    assert "Le cadre 2025-2026 est à l’étude" in html
    assert page.post(reverse("reference:start_next", args=["2024-2025"])).status_code == 409


def test_the_file_of_a_revision_is_the_one_a_command_takes_back(page, revision):
    answer = page.get(url("file"))
    assert answer["Content-Disposition"] == 'attachment; filename="cadre-2025-2026-1.toml"'
    assert answer.content.decode().startswith("# Le cadre de référence 2025-2026")


def test_a_page_costs_the_same_whatever_the_draft_holds(page, revision, django_assert_max_num_queries):
    for address in (
        url("article", "18.1"),
        url("draft"),
        url("history"),
        url("revision"),
        url("compare", "2024-2025-1"),
    ):
        with django_assert_max_num_queries(12):
            page.get(address)
