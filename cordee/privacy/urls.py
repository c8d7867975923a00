from django.urls import path

from cordee.privacy.views import asking, incidents, journal, mine, register, requests, steps

app_name = "privacy"
urlpatterns = [
    path("confidentialite/", register.policy, name="policy"),
    path("confidentialite/registre/", register.register, name="register"),
    path("confidentialite/demandes/", requests.register, name="requests"),
    path("confidentialite/demandes/reception/", requests.record, name="record_request"),
    path("confidentialite/demandes/<int:pk>/", requests.detail, name="request"),
    path("confidentialite/demandes/<int:pk>/accuse-de-reception.pdf", requests.receipt_pdf, name="receipt"),
    path("confidentialite/demandes/<int:pk>/copie.json", requests.copy_json, name="request_json"),
    path("confidentialite/demandes/<int:pk>/copie.pdf", requests.copy_pdf, name="request_pdf"),
    path("confidentialite/demandes/<int:pk>/prolongation/", steps.extension, name="extend"),
    path("confidentialite/demandes/<int:pk>/reponse/", steps.answer, name="answer"),
    path("confidentialite/demandes/<int:pk>/correction/", steps.acceptance, name="accept"),
    path("confidentialite/demandes/<int:pk>/affiliation/", steps.employment, name="employment"),
    path("confidentialite/demandes/<int:pk>/note/", steps.note, name="note"),
    path("confidentialite/demandes/<int:pk>/retrait/", asking.withdrawal, name="withdraw"),
    path("confidentialite/demandes/<int:pk>/retrait/retour/", asking.resumption, name="resume"),
    path("confidentialite/incidents/", incidents.register, name="incidents"),
    path("confidentialite/incidents/nouveau/", incidents.record, name="record_incident"),
    path("confidentialite/incidents/<int:pk>/", incidents.detail, name="incident"),
    path("confidentialite/incidents/<int:pk>/correction/", incidents.correction, name="correct_incident"),
    path("confidentialite/incidents/<int:pk>/retrait/", incidents.removal, name="remove_incident"),
    path("confidentialite/incidents/<int:pk>/copie.pdf", incidents.for_commission, name="incident_pdf"),
    path("mes-renseignements/", mine.mine, name="mine"),
    path("mes-renseignements/demande/", asking.ask, name="ask"),
    path("mes-renseignements/correction/", asking.rectify, name="rectify"),
    path("mes-renseignements/copie.json", mine.copy_json, name="mine_json"),
    path("mes-renseignements/copie.pdf", mine.copy_pdf, name="mine_pdf"),
    path("journal/", journal.journal, name="journal"),
    path("journal/<str:kind>/<int:key>/", journal.history, name="history"),
]
