"""Adding a rule or an article to a draft, and taking one out; a withdrawal is undone from the next page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cordee.records.models import JournalEntry
from cordee.reference import actions, policy
from cordee.reference.actions.writing import row_of
from cordee.reference.forms import ArticleForm, RuleForm
from cordee.reference.models import Revision
from cordee.reference.views.edited import Draft
from cordee.reference.views.scope import draft_at
from cordee.toolkit import clock
from cordee.toolkit.access import require_form, requires
from cordee.toolkit.flash import announce
from cordee.toolkit.refusals import Refusal


@require_form
@requires(policy.can_edit)
def new_rule(request: HttpRequest, year: str, number: int, article: str) -> HttpResponse:
    revision = draft_at(year, number)
    form = RuleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            rule = form.rule(article)
            actions.add_rule(revision=revision, rule=rule, by=request.person, on=clock.today())
            announce(request, _("La règle est ajoutée."))
            return redirect(f"{reverse('reference:article', args=[year, number, article])}#regle-{_dom(rule.key)}")
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    context = {"revision": revision, "number": article, "form": form}
    return render(request, "reference/new_rule.html", context, status=422 if form.errors else 200)


@require_form
@requires(policy.can_edit)
def new_article(request: HttpRequest, year: str, number: int) -> HttpResponse:
    revision = draft_at(year, number)
    places = [(line.number, f"{line.number} {line.title}") for line in Draft(revision).lines()]
    form = ArticleForm(request.POST or None, places=places)
    if request.method == "POST" and form.is_valid():
        try:
            row = actions.add_article(revision=revision, **form.cleaned_data, by=request.person, on=clock.today())
            announce(request, _("L’article est ajouté."))
            return redirect("reference:article", year, number, row.article)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    context = {"revision": revision, "form": form}
    return render(request, "reference/new_article.html", context, status=422 if form.errors else 200)


@require_POST
@requires(policy.can_edit)
def remove(request: HttpRequest, year: str, number: int, key: str) -> HttpResponse:
    revision = draft_at(year, number)
    article = row_of(revision, key).article
    entry = actions.remove_rule(revision=revision, key=key, by=request.person, on=clock.today())
    return _gone(request, revision, entry, _("La règle est retirée."), article)


@require_POST
@requires(policy.can_edit)
def remove_type(request: HttpRequest, year: str, number: int, name: str) -> HttpResponse:
    revision = draft_at(year, number)
    entry = actions.remove_type(revision=revision, name=name, by=request.person, on=clock.today())
    return _gone(request, revision, entry, _("Le type de communauté est retiré."))


def _gone(request: HttpRequest, revision: Revision, entry: JournalEntry, said: str, article: str = "") -> HttpResponse:
    here = [revision.edition.year, revision.number]
    announce(request, said, undo=reverse("reference:undo", args=[*here, entry.pk]))
    if article and revision.rules.filter(article=article).exists():
        return redirect("reference:article", *here, article)
    return redirect("reference:draft", *here)


def _dom(key: str) -> str:
    return key.replace(".", "_")
