"""One include per app; each app's `urls.py` is its table of contents."""

from django.conf import settings
from django.urls import include, path

from cordee.people.views import identities
from cordee.people.views.access import to_my_access

urlpatterns = [
    path("sante/", include("cordee.toolkit.health.urls")),
    # One page says how one comes in, in the place of the three of the account library.
    path("compte/email/", to_my_access, name="account_email"),
    path("compte/second-facteur/", to_my_access, name="mfa_index"),
    path("compte/second-facteur/webauthn/", to_my_access, name="mfa_list_webauthn"),
    # The account library finds the two last by these names.
    path("compte/organisation/", identities.find, name="identity_find"),
    path("compte/organisation/<slug:provider_id>/", identities.go, name="openid_connect_login"),
    path("compte/organisation/<slug:provider_id>/retour/", identities.back, name="openid_connect_callback"),
    path("compte/", include("allauth.account.urls")),
    path("compte/second-facteur/", include("allauth.mfa.urls")),
    path("", include("cordee.home.urls")),
    path("personnes/", include("cordee.people.urls")),
    path("", include("cordee.charter.urls")),
    path("cadre/", include("cordee.reference.urls")),
    path("rencontres/", include("cordee.meetings.urls")),
    path("instances/", include("cordee.governance.urls")),
    path("communautes/", include("cordee.communities.urls")),
    path("tresorerie/", include("cordee.treasury.urls")),
    path("", include("cordee.privacy.urls")),
]
if settings.GALLERY:
    urlpatterns += [path("composants/", include("cordee.toolkit.urls"))]
