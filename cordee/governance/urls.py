from django.urls import path

from cordee.governance.views import adoption, bodies, decisions, mandates

ADOPTION = "adoption/<slug:year>/<int:number>/"

app_name = "governance"
urlpatterns = [
    path("", bodies.bodies, name="list"),
    path("decisions/", decisions.register, name="register"),
    path("decisions/<int:pk>/", decisions.decision, name="decision"),
    path("decisions/<int:pk>/correction/", decisions.correction, name="correction"),
    path("mandats/<int:pk>/avis/", mandates.notice, name="notice"),
    path("mandats/<int:pk>/avis/retrait/", mandates.notice_withdrawal, name="notice_withdrawal"),
    path("mandats/<int:pk>/retrait/", mandates.withdrawal, name="mandate_withdrawal"),
    path(f"{ADOPTION}<int:step>/", adoption.step, name="step"),
    path(f"{ADOPTION}retrait/", adoption.withdrawal, name="step_withdrawal"),
    path("<slug:key>/", bodies.body, name="body"),
    path("<slug:key>/decisions/nouvelle/", decisions.new, name="new_decision"),
    path("<slug:key>/mandats/nouveau/", mandates.naming, name="naming"),
]
