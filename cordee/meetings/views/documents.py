"""Documents of a meeting: dropped in, given back as attachments only, taken away and put back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from cordee.meetings import actions, policy
from cordee.meetings.models import Meeting, MeetingDocument
from cordee.meetings.views.scope import visible_meeting
from cordee.records import files
from cordee.toolkit import clock
from cordee.toolkit.access import enforce, require_form, requires, signed_in
from cordee.toolkit.filetypes import MOST_BYTES, TooBig
from cordee.toolkit.flash import announce
from cordee.toolkit.refusals import Forbidden, Refusal


@require_form
@requires(signed_in)
def documents(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = visible_meeting(request.person, pk, on=clock.today())
    errors: list[str] = []
    if request.method == "POST":
        enforce(policy.can_add_documents(request.person, meeting, on=clock.today()))
        errors = receive(request, meeting)
        if not errors:
            return redirect("meetings:documents", pk)
    context = {
        "meeting": meeting,
        "documents": list(MeetingDocument.objects.filter(meeting=meeting).kept().for_list()),
        "may_add": bool(policy.can_add_documents(request.person, meeting, on=clock.today())),
        "errors": errors,
    }
    return render(request, "meetings/documents.html", context, status=422 if errors else 200)


def receive(request: HttpRequest, meeting: Meeting) -> list[str]:
    """Each file by itself: what one of them is refused for keeps none of the others out."""
    uploads, errors, kept = request.FILES.getlist("files"), [], 0
    for upload in uploads:
        try:
            if upload.size is None or upload.size > MOST_BYTES:
                raise TooBig
            given = {"name": upload.name or "", "content": upload.read(), "by": request.person, "on": clock.today()}
            actions.add_document(meeting=meeting, **given)
        except Forbidden:
            raise
        except Refusal as refusal:
            errors.append(_("%(file)s : %(why)s") % {"file": upload.name, "why": refusal})
        else:
            kept += 1
    if kept:
        text = ngettext("%(count)s document déposé.", "%(count)s documents déposés.", kept)
        announce(request, text % {"count": kept})
    return errors if uploads else [_("Choisissez un fichier.")]


@require_safe
@requires(signed_in)
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """Never shown in the page’s own origin: an attachment, of the kind its content had, not to be guessed again."""
    found = visible_document(request, pk, MeetingDocument.objects.kept())
    response = HttpResponse(files.content_of(found.file), content_type=found.file.media_type)
    response["Content-Disposition"] = content_disposition_header(True, found.name)  # noqa: FBT003
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@requires(signed_in)
def document_removal(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible_document(request, pk, MeetingDocument.objects.all())
    actions.remove_document(document=found, by=request.person, on=clock.today())
    undo = reverse("meetings:document_return", args=[pk])
    announce(request, _("Document retiré : %(name)s.") % {"name": found.name}, undo=undo)
    return redirect("meetings:documents", found.meeting_id)


@require_POST
@requires(signed_in)
def document_return(request: HttpRequest, pk: int) -> HttpResponse:
    found = visible_document(request, pk, MeetingDocument.objects.all())
    actions.restore_document(document=found, by=request.person, on=clock.today())
    announce(request, _("Document remis : %(name)s.") % {"name": found.name})
    return redirect("meetings:documents", found.meeting_id)


def visible_document(request: HttpRequest, pk: int, among) -> MeetingDocument:
    visible = among.visible_to(request.person, on=clock.today())
    return get_object_or_404(visible.select_related("file", "meeting"), pk=pk)
