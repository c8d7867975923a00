"""The identity providers, read from the TOML file that CORDEE_IDENTITY names; an unclear one stops the start.

A sentence names the file, the table and the key; never a value, which may be a secret put in the wrong place.
"""

import os
import re
import stat
import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from config.environment import HOST, text_from
from cordee.values.identity import IdentityProvider, origin_of

NEEDED = {"name", "organization", "domains", "client_id"}
KEYS = {*NEEDED, "issuer", "tenant", "client_secret", "client_secret_variable", "only_way", "passes_by"}
KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
ENTRA = ("login.microsoftonline.com", "sts.windows.net")
EVERYONE = "9188040d-6c67-4c5b-b112-36a304b66dad"  # the tenant of all personal Microsoft accounts


def providers_from(name: str, *, mode: str) -> tuple[IdentityProvider, ...]:
    """In the order of the file; none without the variable."""
    path = text_from(name)
    if not path:
        return ()
    file = Path(path)
    tables = tables_of(file, name)
    read = tuple(Table(f"{name} : {file}, [{key}]", key, table, mode).provider() for key, table in tables.items())
    refuse_shared_domains(read, f"{name} : {file}")
    if mode == "production" and any("client_secret" in table for table in tables.values()):
        refuse_readable_secrets(file, name)
    return read


def tables_of(file: Path, name: str) -> dict[str, dict[str, Any]]:
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+)", str(error))
        where = f"ligne {place[1]}" if place else "à la fin"
        raise ImproperlyConfigured(f"{name} : {file}, {where} : ce n’est pas du TOML.") from None
    except (OSError, UnicodeDecodeError):
        raise ImproperlyConfigured(f"{name} : le fichier {file} ne se lit pas.") from None
    for key, table in found.items():
        if not isinstance(table, dict) or not KEY.fullmatch(key):
            raise ImproperlyConfigured(
                f"{name} : {file}, {key} : donnez à chaque fournisseur sa table, nommée en minuscules, comme [massif]."
            )
    return found


def refuse_shared_domains(providers: tuple[IdentityProvider, ...], where: str) -> None:
    owners: dict[str, str] = {}
    for provider in providers:
        for domain in provider.domains:
            other = owners.setdefault(domain, provider.key)
            if other != provider.key:
                raise ImproperlyConfigured(
                    f"{where}, [{other}] et [{provider.key}] : {domain} ne peut avoir qu’un fournisseur."
                )


def refuse_readable_secrets(file: Path, name: str) -> None:
    if file.stat().st_mode & stat.S_IROTH:
        raise ImproperlyConfigured(
            f"{name} : {file} tient un secret et tout le monde peut le lire. Faites chmod 640, ou nommez une "
            "variable par client_secret_variable."
        )


class Table:
    """One table of the file; each reader gives a value that is clear, or says which key is not."""

    def __init__(self, where: str, key: str, given: dict[str, Any], mode: str) -> None:
        self.where, self.key, self.given, self.mode = where, key, given, mode

    def provider(self) -> IdentityProvider:
        for name in [*sorted(self.given.keys() - KEYS), *sorted(NEEDED - self.given.keys())]:
            raise self.unclear(name, "cette clé est inconnue" if name in self.given else "cette clé manque")
        tenant = self.tenant()
        return IdentityProvider(
            key=self.key,
            name=self.text("name"),
            organization=self.text("organization"),
            domains=self.domains(),
            issuer=f"https://{ENTRA[0]}/{tenant}/v2.0" if tenant else self.issuer(),
            client_id=self.text("client_id"),
            client_secret=self.secret(),
            tenant=tenant,
            only_way=self.only_way(),
            passes_by=self.passes_by(),
        )

    def text(self, name: str) -> str:
        value = self.given.get(name)
        if not isinstance(value, str) or not value.strip():
            raise self.unclear(name, "écrivez un texte entre guillemets")
        return value.strip()

    def texts(self, name: str) -> tuple[str, ...]:
        values = self.given.get(name, [])
        if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
            raise self.unclear(name, "écrivez une liste de textes entre crochets")
        return tuple(one.strip().lower() for one in values)

    def domains(self) -> tuple[str, ...]:
        found = self.texts("domains")
        if not found or not all(HOST.fullmatch(one) and "." in one for one in found):
            raise self.unclear("domains", 'nommez au moins un domaine de courriel, comme ["exemple.org"], sans @')
        return found

    def tenant(self) -> str:
        if "tenant" not in self.given:
            return ""
        value = self.text("tenant").lower()
        if not GUID.fullmatch(value) or value == EVERYONE:
            raise self.unclear("tenant", "donnez l’identifiant du locataire de l’organisation, ni common ni un nom")
        if "issuer" in self.given:
            raise self.unclear("issuer", "il vient de tenant : retirez l’un des deux")
        return value

    def issuer(self) -> str:
        if "issuer" not in self.given:
            raise self.unclear("issuer", "donnez issuer, ou tenant pour Microsoft Entra ID")
        value = self.text("issuer")
        if urlsplit(value).hostname in ENTRA:
            raise self.unclear("issuer", "pour Microsoft Entra ID, donnez plutôt tenant")
        self.secure("issuer", value)
        return value

    def passes_by(self) -> tuple[str, ...]:
        values = self.texts("passes_by")
        for value in values:
            self.secure("passes_by", value)
        return tuple(origin_of(value) for value in values)

    def secure(self, name: str, address: str) -> None:
        """HTTPS; without it, only this machine and only in tests."""
        parts = urlsplit(address)
        allowed = parts.scheme == "https" or (self.mode == "test" and parts.hostname == "127.0.0.1")
        if not allowed or not HOST.fullmatch(parts.hostname or "") or parts.query or parts.fragment or "@" in address:
            raise self.unclear(name, "écrivez une adresse complète qui commence par https://")

    def secret(self) -> str:
        named = [name for name in ("client_secret", "client_secret_variable") if name in self.given]
        if len(named) != 1:
            raise self.unclear("client_secret", "donnez-le, ou sa variable par client_secret_variable, pas les deux")
        value = self.text(named[0])
        if named[0] == "client_secret":
            return value
        if not os.environ.get(value, "").strip():
            raise self.unclear(named[0], "la variable qu’elle nomme est absente ou vide")
        return os.environ[value].strip()

    def only_way(self) -> bool:
        value = self.given.get("only_way", False)
        if not isinstance(value, bool):
            raise self.unclear("only_way", "écrivez true ou false")
        return value

    def unclear(self, name: str, what: str) -> ImproperlyConfigured:
        return ImproperlyConfigured(f"{self.where} {name} : {what}.")
