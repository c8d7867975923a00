from django.urls import path

from cordee.meetings.views import closing, meetings, roster

app_name = "meetings"
urlpatterns = [
    path("", meetings.meetings, name="list"),
    path("planifier/", meetings.plan, name="plan"),
    path("<int:pk>/", meetings.meeting, name="detail"),
    path("<int:pk>/annulation/", meetings.cancellation, name="cancellation"),
    path("<int:pk>/retablissement/", meetings.restoration, name="restoration"),
    path("<int:pk>/presences/", roster.roster, name="roster"),
    path("<int:pk>/presences/toutes/", roster.everyone, name="everyone"),
    path("<int:pk>/presences/ajout/", closing.walk_in, name="walk_in"),
    path("<int:pk>/presences/validation/", closing.validation, name="validation"),
    path("<int:pk>/presences/validation/annulation/", closing.validation_undo, name="validation_undo"),
    path("<int:pk>/presences/annulation/<str:token>/", roster.undo, name="undo"),
    path("<int:pk>/presences/<int:person>/", roster.mark, name="mark"),
    path("presences/<int:pk>/", closing.attendance, name="attendance"),
]
