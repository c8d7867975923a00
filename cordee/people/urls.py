from django.urls import path

from cordee.people.views import appearance, directory, merging

app_name = "people"
urlpatterns = [
    path("", directory.people, name="list"),
    path("<int:pk>/", directory.person, name="detail"),
    path("reunion/", merging.merge, name="merge"),
    path("reunion/<int:pk>/retour/", merging.merge_undo, name="merge_undo"),
    path("apparence/", appearance.appearance, name="appearance"),
]
