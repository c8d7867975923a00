"""Whose information may not go for now: what someone asked about it still waits for an answer."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from cordee.privacy.models import PrivacyRequest
from cordee.toolkit.contributions import retention_holds


@retention_holds.contribute
def asked_and_not_answered() -> Iterator[tuple[int, str]]:
    """One query."""
    for request in PrivacyRequest.objects.open().exclude(person=None).order_by("pk"):
        assert request.person_id is not None
        yield request.person_id, _("Demande %(reference)s sans réponse") % {"reference": request.reference}
