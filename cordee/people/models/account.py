"""Our own user model, from the first migration. Rights never hang on it: they come from recorded facts."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    def get_queryset(self) -> models.QuerySet["User"]:
        """With the person in the same query: every request needs both."""
        return super().get_queryset().select_related("person")

    def select_for_update(self, *args: Any, **options: Any) -> models.QuerySet["User"]:
        """The account alone is locked: PostgreSQL refuses to lock a person who may not be there."""
        return self.get_queryset().select_for_update(*args, **{"of": ("self",), **options})

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email=(email or "").lower())


class User(AbstractBaseUser):
    email = models.EmailField(_("adresse courriel"), unique=True)
    is_active = models.BooleanField(_("compte actif"), default=True)
    # PROTECT: an account leaves before its person does, never by accident.
    person = models.OneToOneField("people.Person", on_delete=models.PROTECT, null=True, related_name="user")

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    def __str__(self) -> str:
        return self.email
