"""The addresses of the provider of the tests."""

import json

from django.contrib.auth.models import User
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from cordee.toolkit.testing.identity.claims import SAID


def told(request: HttpRequest) -> HttpResponse:
    """Someone of the organization, their password, whether they are still there, and what is said of them."""
    given = json.loads(request.body)
    user, _created = User.objects.get_or_create(username=given["name"])
    user.set_password(given["name"])
    user.is_active = given["active"]
    user.save()
    SAID[given["name"]] = given["said"]
    return HttpResponse(status=204)


urlpatterns = [
    path("essai/", told),
    path("entree/", LoginView.as_view()),
    path("o/", include("oauth2_provider.urls", namespace="oauth2_provider")),
]
