"""What the settings name and only the database knows: `manage.py check --database default`, and each migration."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import DatabaseError
from django.utils.translation import gettext as _

from cordee.people.models import Organization


@register(Tags.database)
def providers_are_of_the_directory(databases: Sequence[str] | None = None, **_others: Any) -> list[CheckMessage]:
    """A warning and no error: the directory may be filled afterwards, and is empty before the first migration."""
    providers = settings.IDENTITY_PROVIDERS if databases else ()
    if not providers:
        return []
    try:
        known = set(Organization.objects.values_list("code", flat=True))
    except DatabaseError:
        return []
    text = _("CORDEE_IDENTITY, [%(key)s] organization : aucune organisation du répertoire n’a le code « %(code)s ».")
    hint = _("Corrigez ce code dans le fichier, ou inscrivez l’organisation.")
    return [
        Warning(text % {"key": one.key, "code": one.organization}, hint=hint, id="people.W001")
        for one in providers
        if one.organization not in known
    ]
