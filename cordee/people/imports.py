"""Reads organizations from reviewed data: who they are, both their regions, and since when they are members."""

import csv
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from django.db import transaction

from cordee.people.models import Organization, OrganizationKind, OrganizationMembership
from cordee.records import journal

ORGANIZATIONS = Path(__file__).parent / "data" / "organisations.csv"
KINDS = {
    "CSS": OrganizationKind.SERVICE_CENTRE,
    "CS": OrganizationKind.SCHOOL_BOARD,
    "PART": OrganizationKind.PARTNER,
    "MEQ": OrganizationKind.MINISTRY,
    "COOP": OrganizationKind.COOPERATIVE,
}


def load_organizations(path: Path = ORGANIZATIONS, *, by=None) -> dict[str, Organization]:
    """Create the organizations of a semicolon-separated file and their memberships; {code: organization}.

    A code that is already known is left as it is, membership included. The cadre never lists its members: those
    the file marks `adhesion_interpretee` are stored as interpretations. Raises `KeyError` on an unknown type.
    """
    rows = read_rows(path)
    with transaction.atomic():
        known = set(Organization.objects.values_list("code", flat=True))
        new = [row for row in rows if row["code"] not in known]
        Organization.objects.bulk_create(organization_of(row) for row in new)
        by_code = {organization.code: organization for organization in Organization.objects.all()}
        OrganizationMembership.objects.bulk_create(memberships_of(new, by_code))
        for row in new:
            journal.write("organization.loaded", by_code[row["code"]], by=by)
    return by_code


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def organization_of(row: dict[str, str]) -> Organization:
    return Organization(
        code=row["code"],
        kind=KINDS[row["type"]],
        short_name=row["nom_court"],
        long_name=row["nom_long"],
        english_name=row["nom_anglais"],
        language=row["langue"],
        admin_region=row["region_admin"],
        crdp_region=row["region_crdp"],
    )


def memberships_of(
    rows: Iterable[dict[str, str]], by_code: dict[str, Organization]
) -> Iterable[OrganizationMembership]:
    for row in rows:
        if row["membre_depuis"]:
            yield OrganizationMembership(
                organization=by_code[row["code"]],
                starts_on=date.fromisoformat(row["membre_depuis"]),
                is_interpretation=row["adhesion_interpretee"] == "oui",
            )
