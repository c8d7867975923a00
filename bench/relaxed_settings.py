"""The production settings, but SQLite answers before the disk has: only to say what waiting for it costs."""

from config.settings import *  # noqa: F403
from config.settings import DATABASES

DATABASES["default"]["OPTIONS"]["init_command"] = DATABASES["default"]["OPTIONS"]["init_command"].replace(
    "synchronous=FULL", "synchronous=NORMAL"
)
