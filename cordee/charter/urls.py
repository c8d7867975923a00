from django.urls import path

from cordee.charter.views import dated_task, document, editing, scenario, simulation, timeline

REVISION = "cadre/<slug:year>/<int:number>/"
FROZEN = f"{REVISION}document/<slug:language>"
SIMULATION = f"{REVISION}simulation/"
SCENARIO = f"{SIMULATION}<int:pk>/"
TASK = "echeancier/<slug:year>/<str:key>/<slug:token>/"

app_name = "charter"
urlpatterns = [
    path(f"{REVISION}document.pdf", document.document_pdf, name="document_pdf"),
    path(f"{REVISION}document/", document.document, name="document"),
    path(f"{REVISION}document/gel/", document.freezing, name="freezing"),
    path(f"{FROZEN}.pdf", document.frozen_pdf, name="frozen_pdf"),
    path(f"{FROZEN}.json", document.frozen_source, name="frozen_source"),
    path(f"{FROZEN}/verification/", document.verification, name="verification"),
    path(SIMULATION, simulation.simulation, name="simulation"),
    path(f"{SIMULATION}scenarios/", simulation.scenario_start, name="scenario_start"),
    path(SCENARIO, scenario.scenario, name="scenario"),
    path(f"{SCENARIO}modifier/", editing.scenario_edit, name="scenario_edit"),
    path(f"{SCENARIO}calcul/", scenario.scenario_run, name="scenario_run"),
    path(f"{SCENARIO}simulation.xlsx", scenario.scenario_xlsx, name="scenario_xlsx"),
    path("echeancier/", timeline.timeline, name="timeline"),
    path("echeancier/rappel/", timeline.nudging, name="nudging"),
    path(TASK, dated_task.dated_task, name="dated_task"),
    path(f"{TASK}annulation/", dated_task.taking_back, name="taking_back"),
    path(f"{SCENARIO}retrait/", scenario.scenario_removal, name="scenario_removal"),
    path(f"{SCENARIO}retrait/annulation/", scenario.scenario_removal_undo, name="scenario_removal_undo"),
]
