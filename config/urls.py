"""One include per app; each app's `urls.py` is its table of contents."""

from django.conf import settings
from django.urls import include, path

urlpatterns = [
    path("compte/", include("allauth.account.urls")),
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
