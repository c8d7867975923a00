"""What else a person goes by: the address or the name under which a file from elsewhere speaks of them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from cordee.people.models.person import Person


class AliasKind(models.TextChoices):
    EMAIL = "email", _("Adresse courriel")
    ACCOUNT = "account", _("Compte Microsoft")
    NAME = "name", _("Nom affiché")


class Alias(models.Model):
    """Remembered when someone says who it was. `value` is compared as it stands: folded by whoever looks it up."""

    # PROTECT: what was recorded under this name rests on whose it was; it moves when two records are made one.
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="aliases")
    kind = models.CharField(_("sorte"), max_length=8, choices=AliasKind)
    value = models.CharField(_("valeur"), max_length=254)

    class Meta:
        verbose_name_plural = _("autres noms")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "value"],
                name="alias_once",
                violation_error_message=_("Cet autre nom est déjà celui de quelqu’un. Choisissez à qui il revient."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"
