"""The page an invitation leads to: it shows, and takes the answer. Opening it changes nothing: e-mail scanners do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from cordee.meetings.actions import answering
from cordee.meetings.models import Answer, Meeting, Reply, agenda_of
from cordee.people.models import Person
from cordee.toolkit import clock
from cordee.toolkit.access import public, require_form, requires
from cordee.toolkit.flash import announce


@require_form
@requires(public)
def answer(request: HttpRequest, token: str) -> HttpResponse:
    today = clock.today()
    meeting, person = answering.invitation_of(token)
    if request.method == "POST":
        save(request, meeting, person)
        return redirect("meetings:answer", token)
    answering.refuse_unanswerable(meeting, person, on=today)
    given = Answer.objects.filter(meeting=meeting, person=person, day=meeting.date).order_by("pk").first()
    context = {
        "meeting": meeting,
        "subject": person,
        "agenda": agenda_of(meeting),
        "given": given,
        "options": [(reply, ICONS[reply], given is not None and reply == given.reply) for reply in Reply],
        "for_another": request.person not in (None, person),
    }
    return render(request, "meetings/answer.html", context)


def save(request: HttpRequest, meeting: Meeting, person: Person) -> None:
    """The link opens the answer; the journal names who is signed in, who may not be the one it was sent to."""
    typed = {name: request.POST.get(name, "") for name in ("reply", "word")}
    by = request.person or person
    answering.answer_invitation(meeting=meeting, person=person, by=by, on=clock.today(), **typed)
    if by == person:
        said = _("Votre réponse est enregistrée. Vous pouvez la changer jusqu’au jour de la rencontre.")
    else:
        said = _("La réponse de %(person)s est enregistrée, donnée par vous.") % {"person": person.full_name}
    announce(request, said)


ICONS = {Reply.YES: "check", Reply.NO: "close", Reply.MAYBE: "help"}
