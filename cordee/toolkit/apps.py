from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class ToolkitConfig(AppConfig):
    name = "cordee.toolkit"

    def ready(self) -> None:
        """Lower apps show what upper apps contribute; nobody imports upwards (see contributions.py)."""
        autodiscover_modules("tasks", "todo", "panels", "navigation", "search", "holds", "warnings")
