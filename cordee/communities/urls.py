from django.urls import path

from cordee.communities.views import communities, pauses, projects

app_name = "communities"
urlpatterns = [
    path("", communities.communities, name="list"),
    path("projets/", projects.projects, name="projects"),
    path("<slug:slug>/", communities.community, name="detail"),
    path("<slug:slug>/temps-d-arret/<int:meeting>/", pauses.pause, name="pause"),
    path("<slug:slug>/temps-d-arret/<int:meeting>/changement/", pauses.plan_change, name="plan_change"),
    path(
        "<slug:slug>/temps-d-arret/<int:meeting>/changement/retrait/",
        pauses.plan_change_withdrawal,
        name="plan_change_withdrawal",
    ),
]
