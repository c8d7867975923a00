from django.urls import path

from cordee.privacy.views import journal, mine, register

app_name = "privacy"
urlpatterns = [
    path("confidentialite/", register.policy, name="policy"),
    path("confidentialite/registre/", register.register, name="register"),
    path("mes-renseignements/", mine.mine, name="mine"),
    path("mes-renseignements/copie.json", mine.copy_json, name="mine_json"),
    path("mes-renseignements/copie.pdf", mine.copy_pdf, name="mine_pdf"),
    path("journal/", journal.journal, name="journal"),
    path("journal/<str:kind>/<int:key>/", journal.history, name="history"),
]
