"""« Mes courriels »: what one wants to receive, signed in or by the link at the foot of each e-mail."""

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt

from cordee.people.actions import mailing
from cordee.people.forms import MailForm
from cordee.people.models import MailKind, Person
from cordee.toolkit.access import public, require_form, requires, signed_in
from cordee.toolkit.flash import announce
from cordee.toolkit.refusals import Refusal


class WrongLink(Refusal):
    status = 404
    sentence = gettext_lazy(
        "Ce lien ne mène à personne. Reprenez-le au bas d’un courriel récent, en entier, ou ouvrez une session."
    )


@require_form
@requires(signed_in)
def my_mail(request: HttpRequest) -> HttpResponse:
    return mail_page(request, request.person)


@require_form
@requires(public)
def mail_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The same page for whoever holds the link of their own e-mails; opening it changes nothing."""
    return mail_page(request, person_of(mailing.ONE_PERSON, token))


def mail_page(request: HttpRequest, person: Person) -> HttpResponse:
    form = MailForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        mailing.choose_mail(person=person, by=request.person or person, **form.choices())
        announce(request, _("Vos choix sont enregistrés."))
        return redirect(request.path)
    context = {"form": form, "subject": person}
    return render(request, "people/mail.html", context, status=422 if form.errors else 200)


@csrf_exempt  # the mail reader’s own server posts it: the signed address is the proof
@require_form
@requires(public)
def mail_stop(request: HttpRequest, token: str) -> HttpResponse:
    """One click in a mail reader posts here; a person who opens the address is asked first."""
    person = person_of(mailing.ONE_KIND, token)
    kind = MailKind(mailing.ONE_KIND.unsign(token).partition("-")[2])
    if request.method == "POST":
        mailing.stop_mail(person=person, kind=kind, by=request.person or person)
    context = {
        "kind": kind.label,
        "stopped": request.method == "POST",
        "address": mailing.choices_address(person),
    }
    return render(request, "people/mail_stop.html", context)


def person_of(signer: signing.Signer, token: str) -> Person:
    """Whoever the link was made for, or the record that stands for them now."""
    try:
        pk = int(signer.unsign(token).partition("-")[0])
    except (signing.BadSignature, ValueError):
        raise WrongLink from None
    person = Person.objects.select_related("merged_into").filter(pk=pk, retired_as=None).first()
    if person is None:
        raise WrongLink
    return person.merged_into or person
