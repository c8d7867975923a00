"""How far a revision of the cadre is on its route: the steps its base names, those taken, the one awaited."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from cordee.governance.models.adoption import AdoptionStep
from cordee.governance.models.body import Body
from cordee.governance.rules import ADOPTION, CORRECTION, Step, fingerprint, route_of
from cordee.reference.models import Revision
from cordee.reference.rulebook import MissingRule, Rulebook, WrongKind


@dataclass
class Course:
    """The route is that of the cadre in force, which a draft cannot rewrite for itself; without one, its own."""

    revision: Revision

    @cached_property
    def base(self) -> Revision | None:
        return self.revision.base()

    @cached_property
    def text(self) -> Rulebook:
        return self.revision.rulebook()

    @property
    def corrects(self) -> bool:
        """A later revision of a year that has one in force."""
        return self.base is not None and self.base.edition_id == self.revision.edition_id

    @cached_property
    def route(self) -> tuple[Step, ...]:
        """Empty when the cadre names no step, or one it does not finish."""
        rules = self.base.rulebook() if self.base else self.text
        try:
            return route_of(rules, CORRECTION if self.corrects else ADOPTION)
        except (MissingRule, WrongKind):
            return ()

    @cached_property
    def taken(self) -> list[AdoptionStep]:
        steps = AdoptionStep.objects.filter(revision=self.revision).select_related("decision__body__group")
        return list(steps.order_by("number"))

    @cached_property
    def bodies(self) -> dict[str, Body]:
        return {body.key: body for body in Body.objects.select_related("group")}

    @property
    def awaited(self) -> Step | None:
        """The first step of the route that is not taken; none once the revision is in force."""
        done = {step.number for step in self.taken}
        if not self.revision.is_draft:
            return None
        return next((step for step in self.route if step.number not in done), None)

    def earliest(self, approved_on: date) -> date:
        """From when a correction approved that day may hold: never before what it corrects."""
        return max(approved_on, self.base.starts_on) if self.base else approved_on

    @property
    def changed_since(self) -> AdoptionStep | None:
        """The first step taken with another text than the draft’s of now."""
        if not self.taken or not self.revision.is_draft:
            return None
        now = fingerprint(self.text.rules)
        return next((step for step in self.taken if step.fingerprint != now), None)
