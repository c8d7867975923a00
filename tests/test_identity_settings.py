"""The file of identity providers: a clear one is read, an unclear one stops the start and says where."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.identity import providers_from
from tests.test_settings import PRODUCTION, start

NAME = "CORDEE_IDENTITY"
TENANT = "1b2f4c86-0000-4000-8000-9a1d5e7c3b20"
USUAL = {
    "name": "'Massif'",
    "organization": "'862000'",
    "domains": "['massif.exemple.test']",
    "issuer": "'https://entree.massif.exemple.test/o'",
    "client_id": "'cordee'",
    "client_secret": "'tres-secret'",
}


def table(key="massif", **given):
    """A table of the file; None takes a line away."""
    lines = {name: value for name, value in {**USUAL, **given}.items() if value is not None}
    return f"[{key}]\n" + "".join(f"{name} = {value}\n" for name, value in lines.items())


@pytest.fixture
def read(tmp_path, monkeypatch):
    def reading(text, mode="production"):
        file = tmp_path / "identity.toml"
        file.write_text(text, encoding="utf-8")
        file.chmod(0o640)
        monkeypatch.setenv(NAME, str(file))
        return providers_from(NAME, mode=mode)

    return reading


def test_without_a_file_there_is_no_provider(monkeypatch):
    monkeypatch.delenv(NAME, raising=False)
    assert providers_from(NAME, mode="production") == ()


def test_a_clear_file_is_read_in_its_order(read, monkeypatch):
    monkeypatch.setenv("SECRET_DE_VALLEE", "d’ailleurs")
    given = {
        "domains": "['Vallee.exemple.test', 'valley.exemple.test']",
        "tenant": f"'{TENANT}'",
        "issuer": None,
        "client_secret": None,
        "client_secret_variable": "'SECRET_DE_VALLEE'",
        "only_way": "true",
        "passes_by": "['https://adfs.vallee.exemple.test/adfs/ls']",
    }
    massif, vallee = read(table() + table("vallee", **given))
    assert (massif.key, massif.tenant, massif.only_way) == ("massif", "", False)
    assert massif.serves("Alice@Massif.exemple.test")
    assert not massif.serves("alice@sous.massif.exemple.test")
    assert not massif.serves("massif.exemple.test")
    assert massif.origins == ("https://entree.massif.exemple.test",)
    assert vallee.client_secret == "d’ailleurs"
    assert vallee.issuer == f"https://login.microsoftonline.com/{TENANT}/v2.0"
    assert vallee.origins == ("https://login.microsoftonline.com", "https://adfs.vallee.exemple.test")
    assert vallee.serves("x@vallee.exemple.test")
    assert vallee.only_way


def test_a_secret_is_never_shown(read):
    assert "tres-secret" not in repr(read(table()))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[massif\n", "ligne 1"),
        ("massif = 1\n", "massif"),
        (table("Massif"), "Massif"),
        (table(domain="'x'"), "domain : cette clé est inconnue"),
        (table(client_id=None), "[massif] client_id : cette clé manque"),
        (table(name="''"), "[massif] name"),
        (table(name="3"), "[massif] name"),
        (table(domains="[]"), "[massif] domains"),
        (table(domains="'massif.exemple.test'"), "[massif] domains"),
        (table(domains="['@massif.exemple.test']"), "[massif] domains"),
        (table(domains="['test']"), "[massif] domains"),
        (table(issuer=None), "[massif] issuer"),
        (table(issuer="'http://entree.massif.exemple.test'"), "[massif] issuer"),
        (table(issuer="'http://127.0.0.1:8000/o'"), "[massif] issuer"),
        (table(issuer="'https://u:p@entree.exemple.test'"), "[massif] issuer"),
        (table(issuer="'https://login.microsoftonline.com/common/v2.0'"), "donnez plutôt tenant"),
        (table(tenant=f"'{TENANT}'"), "retirez l’un des deux"),
        (table(tenant="'common'", issuer=None), "[massif] tenant"),
        (table(tenant="'9188040d-6c67-4c5b-b112-36a304b66dad'", issuer=None), "[massif] tenant"),
        (table(client_secret=None), "[massif] client_secret"),
        (table(client_secret_variable="'X'"), "pas les deux"),
        (table(client_secret=None, client_secret_variable="'ABSENTE'"), "client_secret_variable"),
        (table(only_way="'oui'"), "[massif] only_way"),
        (table(passes_by="['ftp://x']"), "[massif] passes_by"),
        (table() + table("vallee"), "[massif] et [vallee] : massif.exemple.test"),
    ],
)
def test_an_unclear_file_stops_the_start_and_says_where(read, text, said):
    with pytest.raises(ImproperlyConfigured) as refused:
        read(text)
    assert said in str(refused.value)
    assert str(refused.value).startswith(f"{NAME} : ")
    assert "tres-secret" not in str(refused.value)


def test_a_file_that_is_not_there_stops_the_start(monkeypatch, tmp_path):
    monkeypatch.setenv(NAME, str(tmp_path / "absent.toml"))
    with pytest.raises(ImproperlyConfigured, match="ne se lit pas"):
        providers_from(NAME, mode="production")


def test_a_secret_that_everyone_may_read_is_refused_in_production(read, tmp_path):
    read(table())
    (tmp_path / "identity.toml").chmod(0o644)
    with pytest.raises(ImproperlyConfigured, match="chmod 640"):
        providers_from(NAME, mode="production")
    assert providers_from(NAME, mode="demo")


def test_without_https_only_this_machine_in_tests(read):
    (massif,) = read(table(issuer="'http://127.0.0.1:8000/o'"), mode="test")
    assert massif.origins == ("http://127.0.0.1:8000",)


def test_forms_may_leave_for_the_providers_that_are_named_and_nowhere_else(tmp_path):
    file = tmp_path / "identity.toml"
    file.write_text(table(), encoding="utf-8")
    file.chmod(0o600)
    asked = (
        "import config.settings as s; assert s.SECURE_CSP['form-action'][1:] == ['https://entree.massif.exemple.test']"
    )
    assert start(tmp_path, asked, **PRODUCTION, CORDEE_IDENTITY=str(file)) == (0, "")
    file.write_text(table(name=None), encoding="utf-8")
    code, words = start(tmp_path, **PRODUCTION, CORDEE_IDENTITY=str(file))
    assert code != 0
    assert words.splitlines()[-1].endswith("[massif] name : cette clé manque.")
