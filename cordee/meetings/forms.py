"""Shapes of what is typed about meetings; nothing is written here."""

from collections.abc import Iterable, Sequence
from datetime import date, time
from typing import Any

from babel.dates import format_date
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from cordee.meetings.actions.refusals import PastMidnight
from cordee.meetings.models import ApprovalWay, Meeting, MeetingState, Modality, Portion
from cordee.meetings.rules.series import MONTHLY, WEEKS, days_of
from cordee.people.models import Group, Organization, Person, StaffCategory
from cordee.toolkit.contributions import CalendarFeed
from cordee.toolkit.entry import DayEntry, DaysEntry
from cordee.toolkit.formats import date_long, locale
from cordee.values.school_year import SchoolYear

WHOLE_ADDRESS = gettext_lazy("Collez l’adresse complète de la rencontre, comme https://exemple.org/salle.")
PRESENT = [(Portion.HALF, Portion.HALF.label), (Portion.DAY, Portion.DAY.label)]


class ListFilter(forms.Form):
    """What the address of the list says; an unknown value filters nothing."""

    q = forms.CharField(label=gettext_lazy("Chercher une rencontre"), required=False, max_length=80)
    group = forms.ModelChoiceField(
        Group.objects.none(), label=gettext_lazy("Groupe"), required=False, empty_label=gettext_lazy("Tous les groupes")
    )
    month = forms.ChoiceField(label=gettext_lazy("Mois"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("État"), required=False, choices=[("", ""), *MeetingState.choices])

    def __init__(self, data: Any, *, groups: Any, year: SchoolYear) -> None:
        super().__init__(data)
        self.fields["group"].queryset = groups
        months = [date(year.first + (month < 7), month, 1) for month in (*range(7, 13), *range(1, 7))]
        self.fields["month"].choices = [
            ("", _("Toute l’année")),
            *((f"{month:%Y-%m}", format_date(month, "LLLL y", locale=locale())) for month in months),
        ]
        self.is_valid()

    def chosen(self, name: str) -> Any:
        return self.cleaned_data.get(name) or None


class CalendarFilter(ListFilter):
    """What the address of a month or a week says: its `day` instead of a month."""

    month = None
    mine = forms.BooleanField(label=gettext_lazy("Mes groupes seulement"), required=False)

    def __init__(self, data: Any, *, groups: Any, day: date) -> None:
        forms.Form.__init__(self, data)
        self.fields["group"].queryset = groups
        self.fields["state"].choices = [("", _("Tous les états")), *MeetingState.choices]
        self.day = day
        self.is_valid()


def day_in(data: Any, *, otherwise: date) -> date:
    """The day an address names, or today."""
    try:
        return date.fromisoformat(data.get("day", ""))
    except ValueError:
        return otherwise


class HourEntry(forms.TimeField):
    """`9:00`, `9 h`, `13h30`: the browser's own picker sends the first."""

    def to_python(self, value: Any) -> time | None:
        text = str(value or "").lower().replace("\u00a0", " ").replace(" ", "").replace("h", ":")
        try:
            return super().to_python(f"{text}00" if text.endswith(":") else text)
        except ValidationError:
            raise ValidationError(_("Écrivez une heure comme 9:00 ou 13 h 30.")) from None


def hour(label: Any) -> HourEntry:
    return HourEntry(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))


class WhenForm(forms.Form):
    day = DayEntry(label=gettext_lazy("Date"))
    starts_at = hour(gettext_lazy("Début"))
    ends_at = hour(gettext_lazy("Fin"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["day"].help_text = _("Comme 2024-09-12, 12/09/2024 ou 12 sept. 2024.")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, end = data.get("starts_at"), data.get("ends_at")
        if start and end and end <= start:
            self.add_error("ends_at", PastMidnight.sentence)
        return data


class DetailsForm(forms.Form):
    title = forms.CharField(label=gettext_lazy("Titre"), required=False, max_length=160)
    planned_portion = forms.ChoiceField(
        label=gettext_lazy("Durée prévue"),
        choices=PRESENT,
        help_text=gettext_lazy("Personne ne peut être inscrit pour plus que cette durée."),
    )
    modality = forms.ChoiceField(label=gettext_lazy("Modalité"), choices=Modality.choices)
    place = forms.CharField(label=gettext_lazy("Lieu"), required=False, max_length=160)
    address = forms.CharField(label=gettext_lazy("Adresse"), required=False, max_length=200)
    link = forms.URLField(
        label=gettext_lazy("Lien de la rencontre"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=gettext_lazy("Ceux qui voient la rencontre voient ce lien."),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
        validators=[URLValidator(schemes=["https", "http"], message=WHOLE_ADDRESS)],
        error_messages={"invalid": WHOLE_ADDRESS},
    )


class SeriesScope(forms.Form):
    """Added to what changes a meeting of a series."""

    following = forms.TypedChoiceField(
        label=gettext_lazy("Dans la série"),
        choices=[("", gettext_lazy("Cette rencontre seulement")), ("1", gettext_lazy("Celle-ci et les suivantes"))],
        widget=forms.RadioSelect,
        coerce=bool,
        empty_value=False,
        required=False,
    )

    def __init__(self, *args: Any, of_series: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not of_series:
            del self.fields["following"]


class PlanForm(WhenForm, DetailsForm):
    """One meeting, or those of a series; `leave` are days of the series that one chose to skip."""

    group = forms.ModelChoiceField(Group.objects.none(), label=gettext_lazy("Groupe"))
    repeat = forms.ChoiceField(
        label=gettext_lazy("Répétition"),
        required=False,
        choices=[
            ("", gettext_lazy("Une seule fois")),
            ("weekly", gettext_lazy("Chaque semaine")),
            ("biweekly", gettext_lazy("Toutes les deux semaines")),
            ("monthly", gettext_lazy("Chaque mois, le même jour de la semaine")),
            ("dates", gettext_lazy("À d’autres dates choisies")),
        ],
    )
    until = DayEntry(label=gettext_lazy("Jusqu’au"), required=False)
    other_days = DaysEntry(label=gettext_lazy("Autres dates, une par ligne"), required=False)
    announce = forms.BooleanField(
        label=gettext_lazy("Annoncer tout de suite aux membres"),
        required=False,
        help_text=gettext_lazy("Sinon, elle reste un brouillon que seuls voient ceux qui animent le groupe."),
    )

    def __init__(self, *args: Any, groups: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = groups
        self.fields["group"].empty_label = _("Choisir un groupe")
        # Given whole: the widget looks at the first choice alone, which would leave a cursor of PostgreSQL open.
        if len(some := list(groups[:2])) == 1:
            self.fields["group"].choices = [(some[0].pk, str(some[0]))]
        self.fields["planned_portion"].choices = [("", _("Selon les heures")), *PRESENT]
        self.fields["planned_portion"].required = False

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        every, until, day = data.get("repeat"), data.get("until"), data.get("day")
        if every in (*WEEKS, MONTHLY) and "until" not in self.errors and day and (until is None or until < day):
            self.add_error("until", _("Donnez la dernière date de la série, après la première."))
        if every == "dates" and not data.get("other_days") and "other_days" not in self.errors:
            self.add_error("other_days", _("Écrivez au moins une autre date, une par ligne."))
        return data

    def every_day(self) -> list[date]:
        """The days of a valid form, those that are left out too."""
        data = self.cleaned_data
        if data["repeat"] == "dates":
            return sorted({data["day"], *data["other_days"]})
        return days_of(data["day"], data["until"], data["repeat"]) if data["repeat"] else [data["day"]]

    def left_out(self) -> set[str]:
        """Days of the series that one chose to skip, as they are written in the address."""
        return set(self.data.getlist("leave"))

    def days(self) -> list[date]:
        return [day for day in self.every_day() if day.isoformat() not in self.left_out()]

    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in DetailsForm.base_fields}


class EditForm(SeriesScope, DetailsForm):
    pass


class MoveForm(SeriesScope, WhenForm):
    """`known`: people know of the meeting, and will read why it moves."""

    reason = forms.CharField(label=gettext_lazy("Motif"), max_length=200)
    field_order = ["day", "starts_at", "ends_at", "reason", "following"]

    def __init__(self, *args: Any, known: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not known:
            del self.fields["reason"]


class ReasonForm(forms.Form):
    reason = forms.CharField(label=gettext_lazy("Motif"), max_length=200)


class PointForm(forms.Form):
    """One point of an agenda; without a title it is no point."""

    item = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(label=gettext_lazy("Point"), required=False, max_length=160)
    owner = forms.TypedChoiceField(label=gettext_lazy("Porté par"), required=False, empty_value=None)
    minutes = forms.IntegerField(label=gettext_lazy("Minutes"), required=False, min_value=1, max_value=720)

    def __init__(self, *args: Any, people: dict[str, Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(key, person.full_name) for key, person in people.items()]
        self.fields["owner"].choices = [("", _("Personne en particulier")), *names]
        self.fields["owner"].coerce = lambda key: owner_of(people, key)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if (data.get("owner") or data.get("minutes")) and not data.get("title"):
            self.add_error("title", _("Nommez ce point, ou retirez-le."))
        return data


def owner_of(people: dict[str, Person], key: str) -> Person:
    """Raise ValueError, which the field turns into words, for someone who cannot bring a point."""
    if key not in people:
        raise ValueError(key)
    return people[key]


AgendaForms = forms.formset_factory(PointForm, extra=0, max_num=60, validate_max=True)


class CancellationForm(SeriesScope, ReasonForm):
    field_order = ["reason", "following"]


class CorrectionForm(ReasonForm):
    portion = forms.ChoiceField(
        label=gettext_lazy("Présence"), choices=[(Portion.NONE, Portion.NONE.label), *PRESENT], widget=forms.RadioSelect
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ["portion", "reason", "version"]

    def __init__(self, *args: Any, planned: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if planned == Portion.HALF:
            self.fields["portion"].choices = self.fields["portion"].choices[:2]


class WalkInForm(forms.Form):
    """A person nobody had recorded yet. `namesake` says that one of the same name is someone else."""

    first_name = forms.CharField(label=gettext_lazy("Prénom"), max_length=80)
    last_name = forms.CharField(label=pgettext_lazy("family name", "Nom"), max_length=80)
    email = forms.EmailField(label=gettext_lazy("Courriel"), required=False)
    organization = forms.ModelChoiceField(
        Organization.objects.all(),
        label=gettext_lazy("Organisation"),
        empty_label=gettext_lazy("Choisir une organisation"),
    )
    category = forms.ChoiceField(
        label=gettext_lazy("Catégorie de personnel"),
        choices=[("", gettext_lazy("Choisir une catégorie")), *StaffCategory.choices],
    )
    namesake = forms.BooleanField(label=gettext_lazy("C’est une autre personne du même nom"), required=False)


class FeedForm(forms.Form):
    """All of one’s meetings, those of one group, or what another room gives calendars."""

    MINE = "mine"
    calendar = forms.ChoiceField(label=gettext_lazy("Calendrier"))

    def __init__(self, *args: Any, groups: Any, others: Iterable[CalendarFeed], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = {str(group.pk): group for group in groups}
        self.others = {feed.what: feed.label for feed in others}
        labels = [(pk, group.label) for pk, group in self.groups.items()]
        self.fields["calendar"].choices = [(self.MINE, _("Mes rencontres")), *labels, *self.others.items()]

    def group(self) -> Group | None:
        """The group that was chosen; None for all of one’s own."""
        return self.groups.get(self.cleaned_data["calendar"])

    def what(self) -> str:
        """What another room gives; empty for meetings."""
        chosen = self.cleaned_data["calendar"]
        return chosen if chosen in self.others else ""


class AddressForm(forms.Form):
    """The address one was invited by; `address` names it so that browsers and telephones offer one’s own."""

    address = forms.EmailField(
        label=gettext_lazy("Adresse courriel de votre invitation"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
    )


class FollowUpForm(forms.Form):
    what = forms.CharField(label=gettext_lazy("Quoi"), max_length=300)
    owner = forms.ChoiceField(label=gettext_lazy("Qui"))
    due_on = DayEntry(label=gettext_lazy("Au plus tard"), required=False)

    def __init__(self, *args: Any, owners: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owners = {str(person.pk): person for person in owners}
        names = [(key, person.full_name) for key, person in self.owners.items()]
        self.fields["owner"].choices = [("", _("Choisissez une personne")), *names]

    def clean_owner(self) -> Person:
        return self.owners[self.cleaned_data["owner"]]


class ApprovalForm(forms.Form):
    way = forms.ChoiceField(
        label=gettext_lazy("Approuvé"), choices=ApprovalWay.choices, widget=forms.RadioSelect, initial="at-meeting"
    )
    at_meeting = forms.ModelChoiceField(
        Meeting.objects.none(), label=gettext_lazy("À la rencontre du"), required=False, empty_label=""
    )
    approved_on = DayEntry(label=gettext_lazy("Ou par les membres, le"), required=False)

    def __init__(self, *args: Any, meetings: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["at_meeting"].queryset = meetings
        self.fields["at_meeting"].label_from_instance = lambda meeting: date_long(meeting.date)
        if not meetings:
            del self.fields["at_meeting"]
            self.fields["way"].initial = ApprovalWay.BY_MEMBERS
        else:
            self.fields["at_meeting"].initial = meetings[0].pk

    def clean(self) -> dict[str, Any]:
        return {"at_meeting": None, **(super().clean() or {})}


class MinutesCorrectionForm(forms.Form):
    key = forms.ChoiceField(label=gettext_lazy("Partie"), required=False)
    text = forms.CharField(label=gettext_lazy("Ce qu’il faut lire"), widget=forms.Textarea, max_length=4000)
    reason = forms.CharField(label=gettext_lazy("Motif"), max_length=200)

    def __init__(self, *args: Any, parts: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].choices = [("", _("Tout le compte rendu")), *parts]
