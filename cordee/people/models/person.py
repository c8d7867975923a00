"""Anyone named in the system, and whose employee they are over a period."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db import connection, models
from django.db.models import Q, Value
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cordee.values.text import plain


class StaffCategory(models.TextChoices):
    PROFESSIONAL = "professional", _("Professionnelle, professionnel")
    TEACHER = "teacher", _("Enseignante, enseignant")
    SPECIAL_EDUCATION_TECHNICIAN = (
        "special-education-technician",
        _("Technicienne, technicien en éducation spécialisée"),
    )
    SUPPORT = "support", pgettext_lazy("staff", "Personnel de soutien")
    MANAGER = "manager", _("Gestionnaire")
    EXTERNAL = "external", _("Personne externe")


# Asked at every request, so in plain SQL: one statement that Django does not have to compose each time. The last
# column is who lent the fact, 0 when it is one's own; what is lent is worth what its holder holds that day.
STANDING = """
SELECT 'duty', code, organization_id, 0 FROM people_duty
    WHERE person_id = %(person)s AND starts_on <= %(day)s AND (ends_on IS NULL OR ends_on > %(day)s) AND NOT is_pending
UNION ALL
SELECT 'role', role, group_id, 0 FROM people_membership
    WHERE person_id = %(person)s AND starts_on <= %(day)s AND (ends_on IS NULL OR ends_on > %(day)s)
UNION ALL
SELECT 'duty', held.code, held.organization_id, lent.delegator_id
    FROM people_delegation lent JOIN people_duty held ON held.id = lent.duty_id AND held.person_id = lent.delegator_id
    WHERE lent.delegate_id = %(person)s AND lent.withdrawn_at IS NULL
    AND lent.starts_on <= %(day)s AND lent.ends_on > %(day)s
    AND held.starts_on <= %(day)s AND (held.ends_on IS NULL OR held.ends_on > %(day)s) AND NOT held.is_pending
UNION ALL
SELECT 'role', held.role, held.group_id, lent.delegator_id
    FROM people_delegation lent
    JOIN people_membership held ON held.id = lent.membership_id AND held.person_id = lent.delegator_id
    WHERE lent.delegate_id = %(person)s AND lent.withdrawn_at IS NULL
    AND lent.starts_on <= %(day)s AND lent.ends_on > %(day)s
    AND held.starts_on <= %(day)s AND (held.ends_on IS NULL OR held.ends_on > %(day)s)
"""


@dataclass(frozen=True, slots=True)
class Standing:
    """The recorded facts that give rights on one day: duties (code, organization or None) and roles (role, group).

    `lent` are those of them that someone else holds and delegated, by whom; `own` what is left without them.
    """

    duties: frozenset[tuple[str, int | None]] = field(default_factory=frozenset)
    roles: frozenset[tuple[str, int]] = field(default_factory=frozenset)
    lent: dict[int, "Standing"] = field(default_factory=dict)
    own: "Standing | None" = None

    @classmethod
    def of(cls, facts: "Iterable[tuple[str, str, int | None, int]]") -> "Standing":
        """From the rows of `STANDING`."""
        by_lender: dict[int, list[tuple[str, str, Any]]] = {}
        for kind, code, where, lender in facts:
            by_lender.setdefault(lender, []).append((kind, code, where))
        parts = {lender: cls._from(rows) for lender, rows in sorted(by_lender.items())}
        own = parts.pop(0, cls())
        if not parts:
            return own
        everything = cls._from(fact for rows in by_lender.values() for fact in rows)
        return cls(everything.duties, everything.roles, parts, own)

    @classmethod
    def _from(cls, facts: "Iterable[tuple[str, str, Any]]") -> "Standing":
        facts = list(facts)
        return cls(
            frozenset((code, where) for kind, code, where in facts if kind == "duty"),
            frozenset((role, where) for kind, role, where in facts if kind == "role"),
        )

    def behind(self, allows: "Callable[[Standing], bool]") -> int | None:
        """Whose facts allow it: 0 for one’s own, which come first; else who lent them; None when nothing does."""
        if allows(self.own or self):
            return 0
        return next((lender for lender, part in self.lent.items() if allows(part)), None)

    def holds(self, code: str) -> bool:
        return any(held == code for held, _organization in self.duties)

    def organizations(self, code: str) -> frozenset[int]:
        return frozenset(organization for held, organization in self.duties if held == code and organization)

    def groups(self, *roles: str) -> frozenset[int]:
        return frozenset(group for role, group in self.roles if not roles or role in roles)


class PersonQuerySet(models.QuerySet["Person"]):
    def visible_to(self, person: "Person", *, on: date) -> "PersonQuerySet":
        """Overseers see everyone; others themselves, the people of their groups and the staff they bill for."""
        if person.oversees(on=on):
            return self
        standing = person.standing(on)
        staff = Affiliation.objects.filter(organization__in=standing.organizations("billing-officer"))
        peers = self.model._meta.get_field("memberships").related_model.objects.filter(group__in=standing.groups())
        return self.filter(Q(pk=person.pk) | Q(pk__in=staff.values("person")) | Q(pk__in=peers.values("person")))

    def named_to(self, person: "Person", *, on: date) -> "PersonQuerySet":
        """Whose name stands beside what they did: those one sees, and the officers of the cooperative, known to all."""
        duties = self.model._meta.get_field("duties").related_model.objects
        officers = duties.current(on).filter(organization=None).values("person")
        seen = self.visible_to(person, on=on)
        return seen if person.oversees(on=on) else seen | self.filter(pk__in=officers)

    def unmerged(self) -> "PersonQuerySet":
        """Those who stand for themselves, by their name: neither made one with another, nor anonymous."""
        return self.filter(merged_into__isnull=True, retired_as__isnull=True)

    def with_employer(self, on: date) -> "PersonQuerySet":
        """The `employer` and the `category` of the day, empty without one; in the same query."""
        now = Affiliation.objects.current(on).filter(person=models.OuterRef("pk"))

        def fact(field: str) -> models.functions.Coalesce:
            return models.functions.Coalesce(models.Subquery(now.values(field)[:1]), Value(""))

        return self.annotate(
            employer_name=fact("organization__short_name"),
            employer_english=fact("organization__english_name"),
            category=fact("category"),
        )

    def matching(self, *, on: date, q: str = "", organization: Any = None, category: str = "") -> "PersonQuerySet":
        """Whose name or e-mail holds every word of `q`, employed that day by `organization` in `category`."""
        found = self
        for word in plain(q).split():
            found = found.filter(
                Q(first_name__plain__contains=word) | Q(last_name__plain__contains=word) | Q(email__contains=word)
            )
        employed = Affiliation.objects.current(on)
        if organization:
            found = found.filter(pk__in=employed.filter(organization=organization).values("person"))
        return found.filter(pk__in=employed.filter(category=category).values("person")) if category else found


class Person(models.Model):
    first_name = models.CharField(_("prénom"), max_length=80)
    last_name = models.CharField(pgettext_lazy("family name", "nom"), max_length=80)
    email = models.EmailField(_("adresse courriel"), null=True, blank=True)
    # The language of the e-mails they receive; empty, it is that of their employer.
    language = models.CharField(_("langue des courriels"), max_length=2, blank=True, choices=settings.LANGUAGES)
    # PROTECT: the record that was absorbed keeps pointing at the one that stands for it.
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="absorbed")
    # The number under which nobody knows any more who it was: no name, no address, no account. For good.
    retired_as = models.PositiveIntegerField(_("numéro de retrait"), null=True, blank=True, editable=False)

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["last_name__plain", "first_name__plain", "pk"]
        constraints = [
            models.UniqueConstraint(
                models.functions.Lower("email"),
                name="person_email",
                violation_error_message=_(
                    "Cette adresse est déjà celle d’une autre personne. Cherchez-la par son nom."
                ),
            ),
            models.UniqueConstraint(
                fields=["retired_as"], condition=Q(merged_into=None, retired_as__isnull=False), name="person_retired_as"
            ),
            models.CheckConstraint(
                condition=Q(retired_as=None) | Q(email=None, language=""),
                name="person_retired_is_nobody",
                violation_error_message=_("Cette personne est retirée : sa fiche ne se corrige plus."),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        if self.retired_as:
            return gettext("Personne retirée %(number)04d") % {"number": self.retired_as}
        return f"{self.first_name} {self.last_name}"

    @property
    def employer(self) -> str:
        """Its name, for rows read `with_employer`."""
        english = (get_language() or "fr").startswith("en")
        return self.employer_english if english and self.employer_english else self.employer_name

    @property
    def category_label(self) -> str:
        """In words, for rows read `with_employer`."""
        return str(StaffCategory(self.category).label) if self.category else ""

    @property
    def initials(self) -> str:
        return f"{self.first_name[:1]}{self.last_name[:1]}".upper()

    @cached_property
    def _standings(self) -> dict[date, Standing]:
        return {}

    def standing(self, on: date) -> Standing:
        """One query, once a request: the instance keeps the answer of each day."""
        if on not in self._standings:
            day = connection.ops.adapt_datefield_value(on)
            with connection.cursor() as cursor:
                cursor.execute(STANDING, {"person": self.pk, "day": day})
                rows = cursor.fetchall()
            self._standings[on] = Standing.of(rows)
        return self._standings[on]

    def holds(self, *codes: str, on: date) -> bool:
        """Whether one of these duties is recorded for this person on that day."""
        return any(self.standing(on).holds(code) for code in codes)

    def oversees(self, *, on: date) -> bool:
        """The coordinator, the secretary and the treasurer see the whole cooperative."""
        return self.holds("coordinator", "secretary", "treasurer", on=on)

    def role_label(self, *, on: date) -> str:
        """The first duty or role in words, for the account menu."""
        from cordee.people.models.duty import DutyCode
        from cordee.people.models.group import MembershipRole

        standing = self.standing(on)
        for code in DutyCode:
            if standing.holds(code):
                return str(code.label)
        for role in MembershipRole:
            if standing.groups(role):
                return str(role.label)
        return ""


class AffiliationQuerySet(models.QuerySet["Affiliation"]):
    def current(self, on: date) -> "AffiliationQuerySet":
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), starts_on__lte=on)


class Affiliation(models.Model):
    """A person's employer and staff category from a day until a day (excluded). One employer a day, by trigger."""

    # PROTECT: what was paid for this person rests on who employed them that day.
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="affiliations")
    organization = models.ForeignKey("people.Organization", on_delete=models.PROTECT, related_name="affiliations")
    category = models.CharField(_("catégorie de personnel"), max_length=30, choices=StaffCategory, blank=True)
    starts_on = models.DateField(_("depuis le"))
    ends_on = models.DateField(_("jusqu’au (exclu)"), null=True, blank=True)

    objects = AffiliationQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on"]
        indexes = [models.Index(fields=["person", "starts_on"], name="affiliation_by_person")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=models.F("starts_on")),
                name="affiliation_dates",
                violation_error_message=_(
                    "La fin de l’affiliation doit suivre son début. Corrigez l’une des deux dates."
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.organization_id} {self.starts_on}"

    @property
    def last_day(self) -> date | None:
        return self.ends_on - timedelta(days=1) if self.ends_on else None


class PersonMerge(models.Model):
    """Two records were one person. `moved` lists the rows that changed hands, so that undo can give them back."""

    kept = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges_kept")
    absorbed = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="merges_absorbed")
    merged_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    merged_at = models.DateTimeField()
    moved = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.absorbed_id} → {self.kept_id}"
