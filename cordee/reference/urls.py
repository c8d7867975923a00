from django.urls import path

from cordee.reference.views import comparing, editing, editions, history, laying, starting

DRAFT = "<slug:year>/<int:number>/modifier/"

app_name = "reference"
urlpatterns = [
    path("", editions.current, name="current"),
    path("<slug:year>/", editions.edition, name="edition"),
    path("<slug:year>/suivante/", starting.start_next, name="start_next"),
    path("<slug:year>/correction/", starting.start_correction, name="start_correction"),
    path("<slug:year>/<int:number>/", editions.revision, name="revision"),
    path("<slug:year>/<int:number>/fichier/", starting.file, name="file"),
    path("<slug:year>/<int:number>/comparer/<slug:other>/", comparing.compare, name="compare"),
    path(DRAFT, editing.draft, name="draft"),
    path(f"{DRAFT}article/", laying.new_article, name="new_article"),
    path(f"{DRAFT}article/<str:article>/", editing.article, name="article"),
    path(f"{DRAFT}article/<str:article>/regle/", laying.new_rule, name="new_rule"),
    path(f"{DRAFT}regle/<str:key>/", editing.rule, name="rule"),
    path(f"{DRAFT}regle/<str:key>/apercu/", editing.preview, name="preview"),
    path(f"{DRAFT}regle/<str:key>/retrait/", laying.remove, name="remove"),
    path(f"{DRAFT}type/<slug:name>/retrait/", laying.remove_type, name="remove_type"),
    path(f"{DRAFT}historique/", history.history, name="history"),
    path(f"{DRAFT}historique/<int:entry>/retour/", history.undo, name="undo"),
]
