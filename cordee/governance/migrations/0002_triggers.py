from django.db import migrations

from cordee.toolkit.triggers import AppendOnly, Closed, RefuseOverlap

IN_FORCE = "EXISTS (SELECT 1 FROM reference_revision r WHERE r.id = {}.revision_id AND r.effective_from IS NOT NULL)"
CARRIES = (
    "EXISTS (SELECT 1 FROM governance_adoptionstep s JOIN reference_revision r ON r.id = s.revision_id "
    "WHERE s.decision_id = OLD.id AND r.effective_from IS NOT NULL)"
)


class Migration(migrations.Migration):
    """One holder a seat at a time; what adopted a cadre in force never changes, and nothing is added to it."""

    dependencies = [("governance", "0001_initial")]
    operations = [
        RefuseOverlap("mandate_overlap", "governance_mandate", ["seat_id"]),
        AppendOnly("adoption_in_force", "governance_adoptionstep", IN_FORCE.format("OLD")),
        Closed("adoption_closed", "governance_adoptionstep", IN_FORCE.format("NEW")),
        AppendOnly("decision_in_force", "governance_decision", CARRIES),
    ]
