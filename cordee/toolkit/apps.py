from django.apps import AppConfig
from django.db.backends.signals import connection_created
from django.utils.module_loading import autodiscover_modules

SHOWN_BELOW = (
    *("tasks", "todo", "panels", "navigation", "search", "holds", "warnings", "demo", "acts", "rights"),
    *("hand_overs", "checks"),
)


class ToolkitConfig(AppConfig):
    name = "cordee.toolkit"

    def ready(self) -> None:
        """Lower apps show what upper apps contribute; nobody imports upwards (see contributions.py)."""
        from cordee.toolkit.plain import teach_sqlite

        connection_created.connect(teach_sqlite, dispatch_uid="plain_text")
        autodiscover_modules(*SHOWN_BELOW)
