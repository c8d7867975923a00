from django.db import migrations

from cordee.toolkit.triggers import RefuseOverlap


class Migration(migrations.Migration):
    """One employer a day, one membership of a group at a time, one membership of the cooperative at a time."""

    dependencies = [("people", "0001_initial")]
    operations = [
        RefuseOverlap("affiliation_overlap", "people_affiliation", ["person_id"]),
        RefuseOverlap("membership_overlap", "people_membership", ["person_id", "group_id"]),
        RefuseOverlap("organization_membership_overlap", "people_organizationmembership", ["organization_id"]),
    ]
