from django.urls import path

from cordee.reference import views

app_name = "reference"
urlpatterns = [
    path("", views.current, name="current"),
    path("<slug:year>/", views.edition, name="edition"),
]
