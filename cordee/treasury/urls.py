from django.urls import path

from cordee.treasury.views import budget, claim, claims, exports, organization, runs, settling, steps

app_name = "treasury"
urlpatterns = [
    path("", claims.claim_list, name="claim_list"),
    path("preparations/", runs.preparation_start, name="preparation_start"),
    path("preparations/<int:pk>/", runs.preparation, name="preparation"),
    path("preparations/<int:pk>/suite/", runs.preparation_next, name="preparation_next"),
    path("verifications/", steps.claim_verifications, name="claim_verifications"),
    path("verifications/annulation/", steps.claim_verifications_undo, name="claim_verifications_undo"),
    path("approbations/annulation/", steps.claim_approvals_undo, name="claim_approvals_undo"),
    path("approbations/", steps.claim_approvals, name="claim_approvals"),
    path("periodes/<slug:year>/<slug:period>.xlsx", exports.period_xlsx, name="period_xlsx"),
    path("periodes/<slug:year>/<slug:period>.csv", exports.period_csv, name="period_csv"),
    path("periodes/<slug:year>/<slug:period>.pdf", exports.period_pdf, name="period_pdf"),
    path("reclamations/<int:pk>/reclamation.xlsx", exports.claim_xlsx, name="claim_xlsx"),
    path("reclamations/<int:pk>/reclamation.csv", exports.claim_csv, name="claim_csv"),
    path("reclamations/<int:pk>/reclamation.pdf", exports.claim_pdf, name="claim_pdf"),
    path("centres/<slug:code>/", organization.organization, name="organization"),
    path("budget/<slug:year>/", budget.budget, name="budget"),
    path("budget/<slug:year>/budget.xlsx", budget.budget_xlsx, name="budget_xlsx"),
    path("budget/<slug:year>/remarques/<slug:code>/", budget.remark, name="budget_remark"),
    path("budget/<slug:year>/remarques/<slug:code>/annulation/", budget.remark_undo, name="budget_remark_undo"),
    path("participations/", settling.walk_ins, name="walk_ins"),
    path("participations/<int:group>/<int:person>/", settling.walk_in, name="walk_in"),
    path("reclamations/<int:pk>/", claim.claim, name="claim"),
    path("reclamations/<int:pk>/visite/", claim.claim_visit, name="claim_visit"),
    path("reclamations/<int:pk>/soumission/", steps.claim_submission, name="claim_submission"),
    path("reclamations/<int:pk>/soumission/annulation/", steps.claim_submission_undo, name="claim_submission_undo"),
    path("reclamations/<int:pk>/verification/", steps.claim_verification, name="claim_verification"),
    path(
        "reclamations/<int:pk>/verification/annulation/", steps.claim_verification_undo, name="claim_verification_undo"
    ),
    path("reclamations/<int:pk>/approbation/", steps.claim_approval, name="claim_approval"),
    path("reclamations/<int:pk>/approbation/annulation/", steps.claim_approval_undo, name="claim_approval_undo"),
    path("reclamations/<int:pk>/paiement/", steps.claim_payment, name="claim_payment"),
    path("reclamations/<int:pk>/paiement/annulation/", steps.claim_payment_undo, name="claim_payment_undo"),
    path("reclamations/<int:pk>/report/", steps.claim_carry, name="claim_carry"),
    path("reclamations/<int:pk>/renvoi/", steps.claim_return, name="claim_return"),
    path("reclamations/<int:pk>/renvoi/annulation/", steps.claim_return_undo, name="claim_return_undo"),
    path(
        "reclamations/<int:pk>/a-trancher/<slug:code>/<int:group>/<int:person>/",
        settling.settlement,
        name="settlement",
    ),
]
