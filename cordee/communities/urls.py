from django.urls import path

from cordee.communities.views import communities, projects

app_name = "communities"
urlpatterns = [
    path("", communities.communities, name="list"),
    path("projets/", projects.projects, name="projects"),
    path("<slug:slug>/", communities.community, name="detail"),
]
