from django.urls import path

from cordee.people.views import appearance, directory

app_name = "people"
urlpatterns = [
    path("", directory.people, name="list"),
    path("<int:pk>/", directory.person, name="detail"),
    path("apparence/", appearance.appearance, name="appearance"),
]
