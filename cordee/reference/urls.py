from django.urls import path

from cordee.reference.views import editions

app_name = "reference"
urlpatterns = [
    path("", editions.current, name="current"),
    path("<slug:year>/", editions.edition, name="edition"),
]
