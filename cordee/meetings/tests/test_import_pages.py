"""The three beats on their pages, as plain forms."""

import io
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cordee.meetings import actions
from cordee.meetings.actions.marking import Mark
from cordee.meetings.models import Attendance
from cordee.meetings.tests import factory
from cordee.meetings.tests.sheets import FILES, attendance, line
from cordee.people.models import Person
from cordee.records.models import ImportBatch

pytestmark = [pytest.mark.django_db, pytest.mark.above_the_database]
NEW = reverse("meetings:import_new")


def to(name, batch=None):
    return reverse(f"meetings:import_{name}", args=[batch.pk] if batch else [])


def send(client, content, name="présences.csv"):
    return client.post(NEW, {"file": SimpleUploadedFile(name, content)})


def chosen(client, *lines):
    """The batch of a file, once chosen."""
    response = send(client, attendance(*lines))
    batch = ImportBatch.objects.latest("pk")
    assert response["Location"] == to("preview", batch)
    return batch


def words(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_choosing_previewing_confirming_and_undoing_each_say_what_happened(world, sign_in):
    client = sign_in(world.alice)
    batch = chosen(client, line("Piolet, Paule00", "½ j"), line("Piolet, Paule01", "peut-être"))
    preview = words(client.get(to("preview", batch)))
    assert "1 présence est prête à entrer." in preview
    assert "1 ligne reste dehors." in preview
    assert "Illisible" in preview
    assert not Attendance.objects.exists()
    result = client.post(to("confirm", batch), follow=True)
    assert result.redirect_chain[-1][0] == to("result", batch)
    assert "1 présence est entrée." in words(result)
    assert "1 ligne restée dehors" in words(result)
    assert Attendance.objects.get().portion == "half"
    undone = words(client.post(to("undo", batch), follow=True))
    assert "l’importation est annulée" in undone
    assert Attendance.objects.get().portion == ""


def test_an_unknown_person_is_created_from_the_preview_and_their_line_goes_in(world, sign_in):
    client = sign_in(world.alice)
    batch = chosen(client, line("Neuve, Anne"))
    page = client.get(to("preview", batch)).content.decode()
    [key] = set(re.findall(r'name="(p-[0-9a-f]{12})-act"', page))
    client.post(to("preview", batch), {f"{key}-act": "create"})
    client.post(to("confirm", batch))
    anne = Person.objects.get(first_name="Anne", last_name="Neuve")
    assert anne.affiliations.get().organization == factory.organization()
    assert anne.attendances.get().portion == "day"
    assert "Anne Neuve" in words(client.get(to("result", batch)))


def test_what_is_typed_just_before_confirming_counts(world, sign_in):
    client = sign_in(world.alice)
    batch = chosen(client, line("Neuve, Anne"))
    page = client.get(to("preview", batch)).content.decode()
    [key] = set(re.findall(r'name="(p-[0-9a-f]{12})-act"', page))
    client.post(to("confirm", batch), {f"{key}-act": str(world.participants[2].pk)})
    assert world.participants[2].attendances.get().portion == "day"


def test_an_answer_that_does_not_hold_is_said_beside_its_question_and_at_the_top(world, sign_in):
    client = sign_in(world.alice)
    batch = chosen(client, line("Neuve, Anne", category=""))
    page = client.get(to("preview", batch)).content.decode()
    [key] = set(re.findall(r'name="(p-[0-9a-f]{12})-act"', page))
    response = client.post(to("preview", batch), {f"{key}-act": "create"}, follow=True)
    assert response.content.decode().count("Choisissez la catégorie de personnel.") == 2
    assert f'href="#{key}-act"' in response.content.decode()


def test_a_validated_meeting_asks_for_a_reason_beside_its_field_and_keeps_it(world, sign_in):
    first = world.participants[0]
    mark = Mark(first.pk, "half", None)
    actions.mark_attendance(meeting=world.meeting, mark=mark, by=world.alice, on=factory.TODAY)
    actions.validate_meeting(meeting=world.meeting, by=world.alice, on=factory.TODAY, absent_for_unmarked=True)
    client = sign_in(world.alice)
    batch = chosen(client, line("Piolet, Paule00"))
    refused = client.post(to("preview", batch), {"all": "replace"}, follow=True)
    assert "Motif des corrections" in words(refused)
    refused = client.post(to("confirm", batch))
    assert refused.status_code == 422
    assert 'aria-invalid="true"' in refused.content.decode()
    assert Attendance.objects.get(person=first).portion == "half"
    client.post(to("confirm", batch), {"reason": "Feuille signée retrouvée"})
    assert first.attendances.get().portion == "day"
    assert first.attendances.get().changes.latest("pk").reason == "Feuille signée retrouvée"


def test_the_second_who_confirms_is_shown_the_result_and_changes_nothing(world, sign_in):
    batch = chosen(sign_in(world.alice), line("Piolet, Paule00"))
    sign_in(world.alice).post(to("confirm", batch))
    response = sign_in(world.secretary).post(to("confirm", batch))
    assert response["Location"] == to("result", batch)
    assert sign_in(world.secretary).post(to("preview", batch))["Location"] == to("result", batch)


def test_a_file_already_recorded_says_so_and_offers_nothing_to_confirm(world, sign_in):
    client = sign_in(world.alice)
    client.post(to("confirm", chosen(client, line("Piolet, Paule00"))))
    again = client.get(to("preview", chosen(client, line("Piolet, Paule00"))))
    assert "Ce même fichier a déjà été importé le 20 janvier 2025" in words(again)
    assert "Choisir un autre fichier" in words(again)
    assert "formaction" not in again.content.decode()


def test_a_workbook_of_several_sheets_names_the_sheet_of_each_line(world, sign_in):
    client = sign_in(world.secretary)
    send(client, (FILES / "presences.ods").read_bytes(), "présences.ods")
    page = words(client.get(to("preview", ImportBatch.objects.get())))
    assert "Winter, 2" in page
    assert "Feuilles laissées de côté, faute d’en-têtes reconnus : Notes." in page.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"%PDF-1.7 \xe2\xe3", "présences.xlsx", "Ce fichier n’est pas un tableau."),
        (b"MZ\x90\x00\x03" + bytes(2000), "présences.csv", "Ce fichier n’est pas un tableau."),
        (b"x" * (10 * 1024 * 1024 + 1), "présences.csv", "Ce fichier dépasse 10 Mo."),
        (b"a;b\n" * 100_000, "présences.csv", "Ce fichier dépasse 20 000 lignes."),
        (b"Nom;Portion\nRoy;1\n", "notes.csv", "Ces colonnes n’ont pas été trouvées : date, groupe."),
        (b"", "présences.csv", "Ce fichier est vide."),
    ],
)
def test_a_file_that_cannot_be_taken_is_refused_beside_its_field_and_nothing_is_kept(
    world, sign_in, content, name, said
):
    response = send(sign_in(world.alice), content, name)
    assert response.status_code == 422
    assert said in words(response).replace("\u00a0", " ").replace("\u202f", " ")
    assert not ImportBatch.objects.exists()


def test_no_file_at_all_is_asked_for(world, sign_in):
    response = sign_in(world.alice).post(NEW)
    assert (response.status_code, "Choisissez d’abord un fichier." in words(response)) == (422, True)


def test_a_name_that_looks_like_markup_or_a_formula_is_shown_as_it_is_written(world, sign_in):
    client = sign_in(world.alice)
    batch = chosen(client, line("<script>alert</script>, =1+1"))
    page = client.get(to("preview", batch)).content.decode()
    assert "<script>alert" not in page
    assert "=1+1 &lt;script&gt;alert&lt;/script&gt;" in page


def test_one_sees_ones_own_imports_and_the_secretary_everyones(world, sign_in):
    batch = chosen(sign_in(world.alice), line("Piolet, Paule00"))
    other = factory.person("Berthe")
    factory.membership(other, world.group, "liaison")
    assert sign_in(other).get(to("preview", batch)).status_code == 404
    assert sign_in(world.secretary).get(to("preview", batch)).status_code == 200
    assert sign_in(world.charlie).get(NEW).status_code == 403


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_model_once_filled_in_is_read_in_both_languages(world, sign_in, language, settings):
    client = sign_in(world.alice)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    book = openpyxl.load_workbook(io.BytesIO(client.get(to("model")).content))
    book.worksheets[0].append(["2025-01-14", "18", "Piolet", "Paule00", "", "862000", "CP", "AM"])
    filled = io.BytesIO()
    book.save(filled)
    send(client, filled.getvalue(), "modele.xlsx")
    assert [mark["portion"] for mark in ImportBatch.objects.get().proposal["entries"]] == ["half"]


def test_a_long_file_is_read_a_page_at_a_time_and_answers_are_kept_from_page_to_page(world, sign_in):
    client = sign_in(world.alice)
    batch = chosen(client, *(line(f"Neuve, Anne{chr(97 + n % 26)}{n}") for n in range(120)))
    first = client.get(to("preview", batch)).content.decode()
    keys = re.findall(r'<fieldset class="ask" id="(p-[0-9a-f]{12})-act"', first)
    assert (len(keys), first.count('<tr role="row">') - 1) == (25, 100)
    response = client.post(to("preview", batch), {f"{keys[0]}-act": "create", "questions": "2"})
    assert response["Location"].endswith("?questions=2")
    second = client.get(response["Location"]).content.decode()
    assert f'id="{keys[0]}-act"' not in second
    assert "1 présence est prête" in second
    assert client.post(f"{to('preview', batch)}?questions=2")["Location"].endswith("?questions=2")


@pytest.mark.parametrize("count", [1, 60])
def test_the_preview_takes_the_same_queries_for_one_line_or_sixty(world, sign_in, count, django_assert_max_num_queries):
    client = sign_in(world.alice)
    batch = chosen(client, *(line(f"Neuve, Anne{chr(97 + n % 26)}{n}") for n in range(count)))
    with django_assert_max_num_queries(16):
        client.get(to("preview", batch))
