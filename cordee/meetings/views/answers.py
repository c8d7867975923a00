"""The page an invitation leads to: it shows, and takes the answer. Opening it changes nothing: e-mail scanners do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cordee.meetings.actions import answering
from cordee.meetings.models import Reply, agenda_of, replies
from cordee.toolkit import clock
from cordee.toolkit.access import public, require_form, requires
from cordee.toolkit.flash import announce


@require_form
@requires(public)
def answer(request: HttpRequest, token: str) -> HttpResponse:
    today = clock.today()
    meeting, person = answering.invitation_of(token)
    if request.method == "POST":
        answering.answer_invitation(meeting=meeting, person=person, reply=request.POST.get("reply", ""), on=today)
        announce(request, _("Votre réponse est enregistrée. Vous pouvez la changer jusqu’au jour de la rencontre."))
        return redirect("meetings:answer", token)
    answering.refuse_unanswerable(meeting, person, on=today)
    chosen = replies(meeting, [person.pk]).get(person.pk, "")
    context = {
        "meeting": meeting,
        "subject": person,
        "agenda": agenda_of(meeting),
        "chosen": Reply(chosen).label if chosen else "",
        "options": [(reply, ICONS[reply], reply == chosen) for reply in Reply],
    }
    return render(request, "meetings/answer.html", context)


ICONS = {Reply.YES: "check", Reply.NO: "close", Reply.MAYBE: "help"}
