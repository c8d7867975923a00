from django.conf import settings
from django.urls import path
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from cordee.home.views import done, guides, home, mail, search
from cordee.toolkit.access import public, requires

app_name = "home"
urlpatterns = [
    path("", home.home, name="home"),
    path("fait/", done.done, name="done"),
    path("recherche/", search.search, name="search"),
    path("courriels/", mail.mail, name="mail"),
    path("courriels/reessayer/", mail.try_all_again, name="try_all_again"),
    path("courriels/<int:pk>/", mail.message, name="message"),
    path("courriels/<int:pk>/reessayer/", mail.try_again, name="try_again"),
    path("aide/", guides.guides, name="guides"),
    path("aide/images/<str:name>", guides.picture, name="guide_picture"),
    path("aide/<slug:slug>/", guides.guide, name="guide"),
    path("langue/", require_POST(requires(public)(set_language)), name="set_language"),
]
if settings.DEMO:
    from cordee.home.views import personas, samples

    urlpatterns += [
        path("demonstration/rapport-teams/", samples.teams_report, name="teams_report"),
        path("demonstration/", personas.personas, name="personas"),
        path("demonstration/<slug:key>/", personas.become, name="become"),
    ]
