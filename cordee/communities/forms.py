"""Shapes of the lists’ addresses, where an unknown value filters nothing, and of an improvement pause."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cordee.communities.models import (
    NO_DATE,
    NO_PLAN,
    Fit,
    ImprovementPause,
    Objective,
    PlanStatus,
    StrategicProject,
)
from cordee.people.models import GroupKind
from cordee.values.school_year import SchoolYear

KINDS = [(kind.value, kind.label) for kind in GroupKind if kind != GroupKind.BODY]


class CommunityFilter(forms.Form):
    q = forms.CharField(label=_("Chercher une communauté"), required=False, max_length=80)
    kind = forms.ChoiceField(label=_("Type"), required=False, choices=[("", _("Tous les types")), *KINDS])
    status = forms.ChoiceField(
        label=_("État"),
        required=False,
        choices=[("", _("Tous les états")), *PlanStatus.choices, (NO_PLAN, _("Aucun plan"))],
    )


class ObjectiveFilter(forms.Form):
    q = forms.CharField(label=_("Chercher un objectif"), required=False, max_length=80)
    project = forms.ModelChoiceField(
        StrategicProject.objects.all(), label=_("Projet"), required=False, empty_label=_("Tous les projets")
    )
    due = forms.ChoiceField(label=_("Échéance"), required=False)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        dates = Objective.objects.exclude(due=None).order_by("due").values_list("due", flat=True).distinct()
        years = dict.fromkeys(SchoolYear.containing(due) for due in dates)
        self.fields["due"].choices = [
            ("", _("Toutes les échéances")),
            *((str(year.first), str(year)) for year in years),
            (NO_DATE, _("Sans échéance")),
        ]


class PauseForm(forms.ModelForm):
    """Three short questions; `seen` is the version one started from."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    class Meta:
        model = ImprovementPause
        fields = ("means", "objectives", "adjustments")
        widgets = {"means": forms.RadioSelect, "objectives": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("means", "objectives"):
            self.fields[name].choices = Fit.choices
