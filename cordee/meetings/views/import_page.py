"""What the import pages show, gathered from a preview or from a batch."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cordee.meetings.actions.importing import Plan
from cordee.meetings.imports import Line, Preview, Status
from cordee.meetings.imports.matching import Question
from cordee.meetings.models import Meeting, Modality, Portion
from cordee.meetings.views.preview_page import (
    LINES,
    PORTIONS,
    RECENT,
    ToAll,
    Words,
    employers_of,
    person_candidates,
    settling,
)
from cordee.people.models import GroupKind, StaffCategory
from cordee.records.models import ImportBatch
from cordee.toolkit.refusals import Refusal

SECTIONS = {
    "group": Words(gettext_lazy("Groupes à reconnaître")),
    "person": Words(
        gettext_lazy("Personnes à reconnaître"),
        [ToAll("people", gettext_lazy("Créer les personnes sûres"), "user-plus")],
        gettext_lazy(
            "« Sûres » : aucune fiche n’y ressemble et le fichier dit le nom, l’organisation et la "
            "catégorie. Une personne créée est à l’emploi de son organisation depuis le début de l’année "
            "scolaire de sa première présence."
        ),
    ),
    "meeting": Words(
        gettext_lazy("Rencontres à ajouter"), [ToAll("meetings", gettext_lazy("Ajouter toutes ces rencontres"), "plus")]
    ),
    "difference": Words(
        gettext_lazy("Présences qui diffèrent"),
        [ToAll("keep", gettext_lazy("Tout garder")), ToAll("replace", gettext_lazy("Tout prendre du fichier"))],
    ),
}
TONES = {
    Status.NEW: ("ok", "plus"),
    Status.SAME: ("mute", "check"),
    Status.DIFFERS: ("warn", "scale"),
    Status.ASK: ("info", "help"),
    Status.UNREADABLE: ("bad", "alert"),
    Status.LEFT: ("mute", "minus"),
}
STAYED = (Status.DIFFERS, Status.ASK, Status.UNREADABLE, Status.LEFT)


def preview_context(
    request: HttpRequest, batch: ImportBatch, preview: Preview, *, refusal: Refusal | None = None
) -> dict[str, Any]:
    shared = settling(
        request, batch, preview, sections=SECTIONS, statuses=Status, question_of=question_of, refusal=refusal
    )
    plan = preview.plan()
    return {
        **shared,
        **beats(lede=ready_sentence(batch, plan)),
        "outside": outside_sentence(preview, plan),
        "rows": [row_of(preview, line) for line in shared["lines"]],
        "plan": plan,
        "again": batch_of_same_file(batch),
        "choices": choices(preview),
    }


def ready_sentence(batch: ImportBatch, plan: Plan) -> str:
    text = ngettext(
        "%(file)s : %(count)s présence est prête à entrer.",
        "%(file)s : %(count)s présences sont prêtes à entrer.",
        len(plan.marks),
    )
    return text % {"file": batch.file_name, "count": len(plan.marks)}


def outside_sentence(preview: Preview, plan: Plan) -> str:
    """What stays out if one confirms now."""
    written = sum(len(mark.lines) for mark in preview.written)
    left = len(preview.lines) - written - preview.counts[Status.SAME]
    if not left:
        return _("Aucune ligne ne reste dehors.")
    text = ngettext("%(count)s ligne reste dehors.", "%(count)s lignes restent dehors.", left)
    return text % {"count": left}


def beats(*, lede: str) -> dict[str, Any]:
    """What the head of the three pages shows."""
    return {
        "lede": lede,
        "steps": [_("Choisir"), _("Valider ligne à ligne"), _("Confirmer")],
        "crumbs": [{"label": _("Rencontres"), "url": reverse("meetings:list")}],
    }


def choices(preview: Preview) -> dict[str, Any]:
    """The lists to choose from, once for every question of the page."""
    return {
        "groups": [(str(group.pk), group.label) for group in preview.directory.groups.by_pk.values()],
        "kinds": GroupKind.choices,
        "organizations": employers_of(preview.directory),
        "categories": StaffCategory.choices,
        "planned": [(Portion.HALF.value, Portion.HALF.label), (Portion.DAY.value, Portion.DAY.label)],
        "modalities": Modality.choices,
        "may_create_groups": preview.matcher.may_create_groups,
    }


def question_of(preview: Preview, question: Question) -> dict[str, Any]:
    """A question as its template wants it: its candidates in words, every field with what was typed or suggested."""
    names = ("other", "name", "number", "kind", "first", "last", "email", "organization", "category")
    return {
        "key": question.key,
        "kind": question.kind,
        "label": question.label,
        "legend": f"{question.label}, {question.detail}",
        "detail": " · ".join(filter(None, (question.detail, rows_label(question.rows)))),
        "act": question.act,
        "error": question.error,
        "candidates": candidates_of(preview, question),
        "given": {name: question.given(name) for name in (*names, "planned", "modality")},
        "segments": segments_of(preview, question) if question.kind == "difference" else [],
    }


def candidates_of(preview: Preview, question: Question) -> list[dict[str, str]]:
    if question.kind == "person":
        return person_candidates(preview, question)
    groups = preview.directory.groups.by_pk
    return [{"value": str(pk), "label": groups[pk].label, "detail": ""} for pk in question.candidates]


def segments_of(preview: Preview, question: Question) -> list[dict[str, Any]]:
    """Keep what is recorded, or take what the file says: both said."""
    mark = next(mark for mark in preview.marks.values() if mark.question == question.key)
    recorded, said = PORTIONS[mark.recorded], PORTIONS[mark.portion]
    same = recorded == said
    keep = _("Garder le motif") if same else _("Garder : %(portion)s") % {"portion": recorded}
    take = _("Prendre le motif") if same else _("Prendre : %(portion)s") % {"portion": said}
    return [{"value": "keep", "label": keep}, {"value": "replace", "label": take}]


def rows_label(rows: list[int]) -> str:
    """`lignes 4, 7, 9…`: enough to find them."""
    text = ngettext("ligne %(rows)s", "lignes %(rows)s", len(rows))
    return text % {"rows": ", ".join(map(str, rows[:6])) + ("…" if len(rows) > 6 else "")}


def row_of(preview: Preview, line: Line) -> dict[str, Any]:
    entry, mark = line.entry, line.mark
    portion = mark.portion if mark else entry.portion
    tone, icon = TONES[line.status]
    shown = {"status": line.status.label, "tone": tone, "icon": icon}
    if mark and mark.replaces:
        shown = {"status": _("À remplacer"), "tone": "ok", "icon": "redo"}
    return {
        **shown,
        "number": f"{entry.sheet}, {entry.row}" if preview.has_sheets else entry.row,
        "day": entry.day,
        "above": "date" in entry.above,
        "group": preview.group_label(line),
        "person": preview.person_label(line),
        "portion": PORTIONS.get(portion, entry.written),
        "recorded": PORTIONS[mark.recorded] if mark and line.status == Status.DIFFERS else "",
        "problems": line.problems,
        "notes": line.notes,
    }


def batch_of_same_file(batch: ImportBatch) -> ImportBatch | None:
    """The import in force of the very same file, if there is one."""
    same = ImportBatch.objects.filter(kind=batch.kind, sha256=batch.sha256, applied_at__isnull=False)
    return same.filter(undone_at__isnull=True).exclude(pk=batch.pk).order_by("-applied_at", "-pk").first()


def recent_imports(batches: QuerySet[ImportBatch]) -> list[ImportBatch]:
    return list(batches.order_by("-created_at", "-pk").defer("proposal")[:RECENT])


def result_context(request: HttpRequest, batch: ImportBatch, left_out: Preview | None, *, on: date) -> dict[str, Any]:
    """`left_out` is the file read again after the act: what did not go in, and why."""
    applied = batch.applied
    meetings = Meeting.objects.filter(pk__in=applied["locked"]).with_state(on=on).for_list()
    return {
        **beats(lede=done_sentence(batch)),
        "batch": batch,
        "meetings": Paginator(list(meetings), LINES).get_page(request.GET.get("page")),
        **(left_context(batch, left_out) if left_out else {"rows": [], "made_people": [], "made_groups": []}),
    }


def left_context(batch: ImportBatch, left_out: Preview) -> dict[str, Any]:
    """The lines that stayed out and the records the file made, all of it known to the preview."""
    lines = [line for line in left_out.lines if line.status in STAYED]
    people, groups = left_out.directory.people.by_pk, left_out.directory.groups.by_pk
    return {
        "rows": [row_of(left_out, line) for line in lines[:LINES]],
        "left_out": len(lines),
        "made_people": [people[pk] for pk in batch.applied["people"][:LINES] if pk in people],
        "made_groups": [groups[pk] for pk in batch.applied["groups"] if pk in groups],
    }


def done_sentence(batch: ImportBatch) -> str:
    if batch.undone_at:
        return _("%(file)s : l’importation est annulée, chaque présence est revenue à ce qu’elle était.") % {
            "file": batch.file_name
        }
    marks = batch.applied["marks"]
    text = ngettext("%(file)s : %(count)s présence est entrée.", "%(file)s : %(count)s présences sont entrées.", marks)
    return text % {"file": batch.file_name, "count": marks}
