"""Lending what one holds for some days, and taking it back."""

from datetime import date

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.people.actions import delegations
from cordee.people.forms import DelegationForm
from cordee.people.models import Delegation, Duty, Membership, Person
from cordee.people.models.delegation import LONGEST
from cordee.people.models.facts import Fact, facts
from cordee.people.policy import can_keep_duties
from cordee.toolkit import clock
from cordee.toolkit.access import require_form, requires, signed_in
from cordee.toolkit.flash import announce
from cordee.toolkit.formats import date_long
from cordee.toolkit.refusals import Refusal


@require_form
@requires(signed_in)
def new_delegation(request: HttpRequest) -> HttpResponse:
    today, person = clock.today(), request.person
    lendable = lendable_facts(person, on=today)
    people = colleagues(person, on=today)
    initial = {"starts_on": today, "fact": f"{lendable[0].kind}:{lendable[0].key}" if len(lendable) == 1 else ""}
    form = DelegationForm(request.POST or None, facts=lendable, people=people, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = delegated(form, person, on=today)
        if made is not None:
            words = {"who": made.delegate.full_name, "day": date_long(form.cleaned_data["last_day"])}
            undo = reverse("people:delegation_withdrawal", args=[made.pk])
            announce(request, _("%(who)s agit en votre nom jusqu’au %(day)s.") % words, undo=undo)
            return redirect("people:my_rights")
    context = {
        "form": form,
        "lendable": lendable,
        "longest": LONGEST.days,
        "crumbs": [{"label": _("Mes droits"), "url": reverse("people:my_rights")}],
    }
    return render(request, "people/new_delegation.html", context, status=422 if form.errors else 200)


def delegated(form: DelegationForm, person: Person, *, on: date) -> Delegation | None:
    """What the act gives; None when it is refused, and the form then says why."""
    kind, _colon, key = form.cleaned_data["fact"].partition(":")
    fact = get_object_or_404(Duty if kind == "duty" else Membership, pk=int(key))
    given = {"to": form.cleaned_data["to"], "starts_on": form.cleaned_data["starts_on"], "ends_on": form.ends_on}
    try:
        return delegations.delegate(fact=fact, **given, by=person, on=on)
    except Refusal as refusal:
        form.add_error(None, str(refusal.sentence))
    return None


def lendable_facts(person: Person, *, on: date) -> list[Fact]:
    """One’s own, of the kinds that are lent."""
    return [fact for fact in facts(on, person=person) if fact.is_lendable]


def colleagues(person: Person, *, on: date) -> QuerySet[Person]:
    """Those one sees and the officers of the cooperative, who have an account."""
    seen = Person.objects.named_to(person, on=on).order_by().values("pk")
    return Person.objects.unmerged().filter(Q(pk__in=seen), user__is_active=True).exclude(pk=person.pk)


@require_POST
@requires(signed_in)
def withdrawal(request: HttpRequest, pk: int) -> HttpResponse:
    """One’s own, given or received; any of them for who keeps the duties."""
    person, today = request.person, clock.today()
    mine = Delegation.objects.all()
    if not can_keep_duties(person, on=today):
        mine = mine.filter(Q(delegator=person) | Q(delegate=person))
    delegation = get_object_or_404(mine, pk=pk)
    delegations.withdraw_delegation(delegation=delegation, by=person, on=today)
    announce(request, _("La délégation est retirée."))
    return redirect(
        "people:my_rights" if person.pk in (delegation.delegator_id, delegation.delegate_id) else "people:rights"
    )
