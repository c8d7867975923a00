from django.urls import path

from cordee.people.views import access, accounts, appearance, consents, correcting, directory, mail, merging

app_name = "people"
urlpatterns = [
    path("", directory.people, name="list"),
    path("<int:pk>/", directory.person, name="detail"),
    path("<int:pk>/correction/", correcting.correction, name="correction"),
    path("<int:pk>/compte/", accounts.account, name="account"),
    path("<int:pk>/compte/invitation/", accounts.invitation_sent, name="invite"),
    path("<int:pk>/compte/invitation/retrait/", accounts.invitation_withdrawn, name="withdraw_invitation"),
    path("<int:pk>/compte/fermeture/", accounts.closing, name="close_account"),
    path("<int:pk>/compte/reouverture/", accounts.reopening, name="reopen_account"),
    path("<int:pk>/compte/second-facteur/retrait/", accounts.factor_reset, name="reset_factor"),
    path("invitation/<str:token>/", accounts.invitation, name="invitation"),
    path("mon-acces/", access.my_access, name="my_access"),
    path("mon-acces/sessions/fermeture/", access.close_others, name="close_sessions"),
    path("mon-acces/sessions/<int:pk>/fermeture/", access.close_one, name="close_session"),
    path("reunion/", merging.merge, name="merge"),
    path("reunion/<int:pk>/retour/", merging.merge_undo, name="merge_undo"),
    path("mes-courriels/", mail.my_mail, name="mail"),
    path("courriels/<str:token>/", mail.mail_by_link, name="mail_by_link"),
    path("courriels/arret/<str:token>/", mail.mail_stop, name="mail_stop"),
    path("consentements/", consents.consents, name="consent_list"),
    path("mes-consentements/", consents.my_consents, name="consents"),
    path("mes-consentements/<slug:key>/", consents.consent, name="consent"),
    path("mes-consentements/<int:pk>/retrait/", consents.withdrawal, name="withdraw_consent"),
    path("mes-consentements/<int:pk>/retour/", consents.restoring, name="restore_consent"),
    path("apparence/", appearance.appearance, name="appearance"),
]
