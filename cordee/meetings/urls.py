from django.urls import path

from cordee.meetings.views import closing, files, imports, listing, meetings, offline, roster, walk_in

app_name = "meetings"
urlpatterns = [
    path("", listing.meeting_list, name="list"),
    path("rencontres.xlsx", listing.list_xlsx, name="list_xlsx"),
    path("rencontres.csv", listing.list_csv, name="list_csv"),
    path("nouvelle/", meetings.new_meeting, name="new"),
    path("importation/", imports.import_new, name="import_new"),
    path("importation/modele/", imports.import_model, name="import_model"),
    path("importation/<int:pk>/", imports.import_preview, name="import_preview"),
    path("importation/<int:pk>/confirmation/", imports.import_confirm, name="import_confirm"),
    path("importation/<int:pk>/resultat/", imports.import_result, name="import_result"),
    path("importation/<int:pk>/annulation/", imports.import_undo, name="import_undo"),
    path("<int:pk>/", meetings.meeting_detail, name="detail"),
    path("<int:pk>/annulation/", meetings.cancellation, name="cancellation"),
    path("<int:pk>/retablissement/", meetings.restoration, name="restoration"),
    path("<int:pk>/presences/", roster.roster, name="roster"),
    path("<int:pk>/presences.xlsx", files.roster_xlsx, name="roster_xlsx"),
    path("<int:pk>/presences.csv", files.roster_csv, name="roster_csv"),
    path("<int:pk>/presences/hors-ligne.js", offline.worker, name="worker"),
    path("<int:pk>/presences/tous/", roster.everyone, name="everyone"),
    path("<int:pk>/presences/retour/<str:token>/", roster.undo, name="undo"),
    path("<int:pk>/presences/ajout/", walk_in.walk_in, name="walk_in"),
    path("<int:pk>/presences/ajout/nouvelle-fiche/", walk_in.new_walk_in, name="new_walk_in"),
    path("<int:pk>/presences/<int:person>/", roster.mark, name="mark"),
    path("<int:pk>/presences/<int:person>/historique/", closing.history, name="history"),
    path("<int:pk>/presences/<int:person>/correction/", closing.correction, name="correction"),
    path("<int:pk>/validation/", closing.validation, name="validation"),
    path("<int:pk>/validation/retrait/", closing.withdrawal, name="withdrawal"),
]
