from django.urls import path

from cordee.charter.views import document

REVISION = "cadre/<slug:year>/<int:number>/"
FROZEN = f"{REVISION}document/<slug:language>"

app_name = "charter"
urlpatterns = [
    path(f"{REVISION}document.pdf", document.document_pdf, name="document_pdf"),
    path(f"{REVISION}document/", document.document, name="document"),
    path(f"{REVISION}document/gel/", document.freezing, name="freezing"),
    path(f"{FROZEN}.pdf", document.frozen_pdf, name="frozen_pdf"),
    path(f"{FROZEN}.json", document.frozen_source, name="frozen_source"),
    path(f"{FROZEN}/verification/", document.verification, name="verification"),
]
