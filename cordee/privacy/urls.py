from django.urls import path

from cordee.privacy.views import journal, mine, register, retention

app_name = "privacy"
urlpatterns = [
    path("confidentialite/", register.policy, name="policy"),
    path("confidentialite/registre/", register.register, name="register"),
    path("mes-renseignements/", mine.mine, name="mine"),
    path("mes-renseignements/copie.json", mine.copy_json, name="mine_json"),
    path("mes-renseignements/copie.pdf", mine.copy_pdf, name="mine_pdf"),
    path("journal/", journal.journal, name="journal"),
    path("conservation/", retention.due, name="retention"),
    path("conservation/plans/", retention.retention_prepare, name="retention_prepare"),
    path("conservation/plans/<int:pk>/", retention.retention_run, name="retention_run"),
    path("conservation/plans/<int:pk>/abandon/", retention.retention_abandon, name="retention_abandon"),
    path("conservation/plans/<int:pk>/montants.xlsx", retention.retention_money, name="retention_money"),
    path("conservation/personnes/<int:pk>/", retention.retention_hold, name="retention_hold"),
    path("conservation/suspensions/<int:pk>/levee/", retention.retention_lift, name="retention_lift"),
    path("journal/<str:kind>/<int:key>/", journal.history, name="history"),
]
