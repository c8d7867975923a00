from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Status(models.TextChoices):
    """What becomes of a line of the file."""

    NEW = "new", pgettext_lazy("import line", "Nouvelle")
    SAME = "same", _("Déjà inscrite")
    DIFFERS = "differs", _("Diffère")
    ASK = "ask", _("À préciser")
    UNREADABLE = "unreadable", _("Illisible")
    LEFT = "left", _("Laissée de côté")
