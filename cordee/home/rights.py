"""What one may read of the whole house, and the facts it comes from."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from cordee.people.rights import KEEPERS, Right
from cordee.toolkit.contributions import rights

MAIL = Right("home.mail", _("Lire les courriels envoyés"), "home:mail", KEEPERS)


@rights.contribute
def of_home() -> Iterable[Right]:
    return (MAIL,)
