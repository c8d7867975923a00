"""A real OpenID Connect provider (django-oauth-toolkit), a project of its own: `… provider PORT FOLDER CALLBACK…`.

Its people and what it is told to say wrongly of them come by `POST /essai/`; all else is the toolkit's.
"""

import sys
from pathlib import Path
from socketserver import ThreadingMixIn
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import django
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings

HERE = "cordee.toolkit.testing.identity"
APPS = ("contenttypes", "auth", "sessions")


class Threaded(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


def main(port: int, folder: Path, callbacks: list[str]) -> None:
    configure(f"http://127.0.0.1:{port}/o", folder)
    from django.core.management import call_command
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()
    call_command("migrate", run_syncdb=True, verbosity=0)
    register(callbacks)
    server = make_server("127.0.0.1", port, application, server_class=Threaded, handler_class=Silent)
    print("ready", flush=True)
    server.serve_forever()


def configure(issuer: str, folder: Path) -> None:
    settings.configure(
        SECRET_KEY="essai",
        ALLOWED_HOSTS=["127.0.0.1", "localhost"],
        ROOT_URLCONF=f"{HERE}.urls",
        LOGIN_URL="/entree/",
        SESSION_COOKIE_NAME="provider",  # a browser takes two ports of one machine for one place
        USE_TZ=True,
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "provider.sqlite3"}},
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        INSTALLED_APPS=[*(f"django.contrib.{app}" for app in APPS), "oauth2_provider"],
        MIGRATION_MODULES=dict.fromkeys([*APPS, "oauth2_provider"]),  # its tables are made at once
        MIDDLEWARE=[
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
        ],
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "OPTIONS": {"loaders": [PAGES]}}],
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        OAUTH2_PROVIDER=rules(issuer),
    )
    django.setup()


def rules(issuer: str) -> dict[str, object]:
    return {
        "OIDC_ENABLED": True,
        "OIDC_ISS_ENDPOINT": issuer,
        "OIDC_RSA_PRIVATE_KEY": new_key(),
        "OAUTH2_VALIDATOR_CLASS": f"{HERE}.claims.Claims",
        "SCOPES": {"openid": "who one is", "email": "at what address"},
        "PKCE_REQUIRED": True,
    }


DOOR = '<form method="post">{% csrf_token %}{{ form }}<button>Entrer</button></form>'
PAGES = ("django.template.loaders.locmem.Loader", {"registration/login.html": DOOR})


def new_key() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return key.private_bytes(*form).decode()


def register(callbacks: list[str]) -> None:
    """`cordee` is ours; `autre` is another service of the same provider."""
    from oauth2_provider.models import Application

    for name in ("cordee", "autre"):
        Application.objects.create(
            name=name,
            client_id=name,
            client_secret=f"secret-{name}",
            client_type=Application.CLIENT_CONFIDENTIAL,
            authorization_grant_type=Application.GRANT_AUTHORIZATION_CODE,
            algorithm=Application.RS256_ALGORITHM,
            redirect_uris=" ".join(callbacks),
            skip_authorization=True,
        )


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
