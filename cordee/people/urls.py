from django.urls import path

from cordee.people.views import appearance, correcting, directory, mail, merging

app_name = "people"
urlpatterns = [
    path("", directory.people, name="list"),
    path("<int:pk>/", directory.person, name="detail"),
    path("<int:pk>/correction/", correcting.correction, name="correction"),
    path("reunion/", merging.merge, name="merge"),
    path("reunion/<int:pk>/retour/", merging.merge_undo, name="merge_undo"),
    path("mes-courriels/", mail.my_mail, name="mail"),
    path("courriels/<str:token>/", mail.mail_by_link, name="mail_by_link"),
    path("courriels/arret/<str:token>/", mail.mail_stop, name="mail_stop"),
    path("apparence/", appearance.appearance, name="appearance"),
]
