"""Communities of practice, their yearly plans, and the decisions that settle what the rules hold back."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from cordee.meetings.models import Meeting
from cordee.people.models import Group, Membership, Person, Team
from cordee.values.school_year import SchoolYear
from cordee.values.text import plain

NO_PLAN = NO_DATE = "none"


class CommunityQuerySet(models.QuerySet["Community"]):
    def visible_to(self, person: Person, *, on: date) -> "CommunityQuerySet":
        """Overseers see every community; others those they belong to."""
        return self if person.oversees(on=on) else self.filter(group__in=person.standing(on).groups())

    def for_list(self) -> "CommunityQuerySet":
        """By number; those to which the cadre gives none, by name after them."""
        return (
            self.select_related("group")
            .alias(unnumbered=Q(group__number=""))
            .order_by("unnumbered", "group__number", "group__name__plain")
            .fetch_mode(models.FETCH_RAISE)
        )

    def with_plan(self, year: str) -> "CommunityQuerySet":
        """`year_plans` holds the plan of that year with its terms (two queries for the whole list)."""
        terms = models.Prefetch("terms", AnticipatedTerm.objects.select_related("team").order_by("pk"))
        plans = Plan.objects.filter(year=year).prefetch_related(terms)
        return self.prefetch_related(models.Prefetch("plans", plans, to_attr="year_plans"))

    def with_planned(self, year: str) -> "CommunityQuerySet":
        """`plan_status` and `planned_days` (people × days) of that year, to sort and filter by; in the same query."""
        plans = Plan.objects.filter(community=models.OuterRef("pk"), year=year)
        days = plans.order_by().values("community").annotate(days=models.Sum(F("terms__people") * F("terms__days")))
        return self.annotate(
            plan_status=models.functions.Coalesce(models.Subquery(plans.values("status")[:1]), models.Value("")),
            planned_days=models.Subquery(days.values("days")),
        )

    def matching(self, *, q: str = "", kind: str = "", status: str = "") -> "CommunityQuerySet":
        """Whose name holds every word of `q` (or whose number it is), of that type, with a plan in that state."""
        found = self
        for word in plain(q).split():
            found = found.filter(Q(group__name__plain__contains=word) | Q(group__number=word.partition("-")[0]))
        found = found.filter(group__kind=kind) if kind else found
        return found.filter(plan_status="" if status == NO_PLAN else status) if status else found

    def with_people(self, on: date) -> "CommunityQuerySet":
        """`people_count`: the active members of the day, in the same query."""
        active = Membership.objects.current(on).filter(group=models.OuterRef("group")).order_by().values("group")
        counted = active.annotate(count=models.Count("pk")).values("count")
        return self.annotate(people_count=models.functions.Coalesce(models.Subquery(counted), 0))


class Community(models.Model):
    """A community of practice stands on a group; its type is the group's kind, its rules the edition's."""

    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="community")

    objects = CommunityQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.group_id)

    @property
    def status_label(self) -> str:
        """In words, for rows read `with_planned`."""
        return str(PlanStatus(self.plan_status).label) if self.plan_status else gettext("Aucun plan")


class PlanStatus(models.TextChoices):
    ONGOING = "ongoing", _("En cours")
    UPCOMING = "upcoming", _("À venir")


class Plan(models.Model):
    """What a community sets out to do in one school year."""

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="plans")
    year = models.CharField(_("année scolaire"), max_length=9)
    status = models.CharField(_("état"), max_length=8, choices=PlanStatus)
    note = models.TextField(_("précision"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "year"],
                name="plan_once_a_year",
                violation_error_message=_("Cette communauté a déjà un plan pour cette année. Modifiez-le."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.community_id} {self.year}"


class AnticipatedTerm(models.Model):
    """Anticipated compensation: people × days. The days of a team are also the limit of each of its people."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="terms")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, blank=True, related_name="terms")
    people = models.PositiveSmallIntegerField(_("personnes"))
    days = models.PositiveSmallIntegerField(_("jours"))
    is_interpretation = models.BooleanField(_("interprétation"), default=False)

    def __str__(self) -> str:
        return f"{self.people} × {self.days}"

    @property
    def in_words(self) -> str:
        return ngettext("%(people)s × %(days)s jour", "%(people)s × %(days)s jours", self.days) % {
            "people": self.people,
            "days": self.days,
        }


class CompensationGrant(models.Model):
    """The executive committee granted a supported community its compensation for a year (cadre, Table 1)."""

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="grants")
    year = models.CharField(_("année scolaire"), max_length=9)
    decision = models.CharField(_("décision du comité exécutif"), max_length=40)
    decided_on = models.DateField(_("décidée le"))
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "year"],
                name="grant_once_a_year",
                violation_error_message=_("La compensation de cette communauté est déjà accordée pour l’année."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.community_id} {self.year}"


class ParticipationAgreement(models.Model):
    """An immediate superior agrees to a second supported community; it covers the school year (cadre, Table 1)."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="agreements")
    year = models.CharField(_("année scolaire"), max_length=9)
    superior = models.CharField(_("supérieure ou supérieur immédiat"), max_length=160)
    agreed_on = models.DateField(_("entente du"))
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "year"],
                name="agreement_once_a_year",
                violation_error_message=_("Une entente couvre déjà l’année de cette personne."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.year}"


class LimitExtension(models.Model):
    """More days than the yearly limit for one person in one community, by a decision of the executive committee."""

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="extensions")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="extensions")
    year = models.CharField(_("année scolaire"), max_length=9)
    half_days = models.PositiveSmallIntegerField(_("demi-journées de plus"))
    decision = models.CharField(_("décision du comité exécutif"), max_length=40)
    decided_on = models.DateField(_("décidée le"))
    recorded_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(half_days__gt=0), name="extension_adds_something")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.half_days}"


class StrategicProject(models.Model):
    """One of the projects 2024-2027 of Annexe 1. The project's number is not the group's; project 8 has no group."""

    number = models.PositiveSmallIntegerField(_("numéro"), unique=True)
    title = models.CharField(_("titre"), max_length=160)
    title_en = models.CharField(max_length=160, blank=True)
    community = models.OneToOneField(Community, on_delete=models.PROTECT, null=True, blank=True, related_name="project")

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return self.title


class ObjectiveKind(models.TextChoices):
    SMART = "smart", _("Objectif SMART")
    OVERALL = "overall", _("Objectif global")


class ObjectiveQuerySet(models.QuerySet["Objective"]):
    def matching(self, *, q: str = "", project: StrategicProject | None = None, due: str = "") -> "ObjectiveQuerySet":
        """Whose text holds every word of `q`; `due` is the first year of a school year, or `NO_DATE`."""
        found = self.filter(project=project) if project else self
        for word in plain(q).split():
            found = found.filter(Q(text__plain__contains=word) | Q(text_en__plain__contains=word))
        if due == NO_DATE:
            return found.filter(due=None)
        year = SchoolYear(int(due)) if due else None
        return found.filter(due__gte=year.start, due__lt=year.end) if year else found


class Objective(models.Model):
    """A SMART objective; three of them have no due date in the cadre, and the page says so."""

    project = models.ForeignKey(StrategicProject, on_delete=models.PROTECT, related_name="objectives")
    number = models.CharField(_("numéro"), max_length=6)
    kind = models.CharField(_("sorte"), max_length=8, choices=ObjectiveKind)
    text = models.TextField(_("objectif"))
    text_en = models.TextField(blank=True)
    due = models.DateField(_("échéance"), null=True, blank=True)

    objects = ObjectiveQuerySet.as_manager()

    class Meta:
        ordering = ["project", "number"]
        constraints = [models.UniqueConstraint(fields=["project", "number"], name="objective_number")]

    def __str__(self) -> str:
        return f"{self.project_id} {self.number}"


class Fit(models.TextChoices):
    YES = "yes", _("Oui")
    PARTLY = "partly", _("En partie")
    NO = "no", _("Non")


class ImprovementPause(models.Model):
    """A community stops at a meeting and asks itself whether means and objectives still hold (cadre, 9.1)."""

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="pauses")
    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="pause")
    means = models.CharField(_("Les modalités sont-elles toujours pertinentes?"), max_length=6, choices=Fit)
    objectives = models.CharField(_("Les objectifs sont-ils toujours pertinents?"), max_length=6, choices=Fit)
    adjustments = models.TextField(_("Que faut-il ajuster dans nos actions?"), blank=True, max_length=2000)
    language = models.CharField(max_length=2)
    version = models.PositiveIntegerField(default=1)
    written_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.community_id} {self.meeting_id}"


class PlanChange(models.Model):
    """A change of the year's plan that a pause asks for: proposed, to be worked out with the plan."""

    community = models.ForeignKey(Community, on_delete=models.PROTECT, related_name="plan_changes")
    year = models.CharField(_("année scolaire"), max_length=9)
    pause = models.OneToOneField(ImprovementPause, on_delete=models.PROTECT, related_name="plan_change")
    what = models.TextField(_("changement proposé"), blank=True)
    language = models.CharField(max_length=2)
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.community_id} {self.year}"
