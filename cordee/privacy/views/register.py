"""What everyone may read: the register of processing, and the policy that follows from it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cordee.privacy.register import audiences, files
from cordee.toolkit.access import public, requires, signed_in


@require_safe
@requires(signed_in)
def register(request: HttpRequest) -> HttpResponse:
    return render(request, "privacy/register.html", {"files": files()})


@require_safe
@requires(public)
def policy(request: HttpRequest) -> HttpResponse:
    context = {
        "files": files(),
        "audiences": audiences(),
        "body": settings.PRIVACY_BODY,
        "officer": settings.PRIVACY_OFFICER,
        "contact": settings.PRIVACY_CONTACT,
        "hosting": settings.PRIVACY_HOSTING,
    }
    return render(request, "privacy/policy.html", context)
