from django.urls import path

from cordee.privacy.views import journal

app_name = "privacy"
urlpatterns = [
    path("journal/", journal.journal, name="journal"),
    path("journal/<str:kind>/<int:key>/", journal.history, name="history"),
]
