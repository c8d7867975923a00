"""All settings, read from the environment once. An unclear value stops the start with a sentence.

`CORDEE_MODE` decides how strict the house is:

* ``production`` (the default): a strong secret and named hosts are needed, the demonstration clock is refused;
* ``demo``: invented data, one click per persona, the gallery, a fixed clock;
* ``development`` and ``test``: for the people who write the code.
"""

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from config.environment import (
    address_from,
    choice_from,
    database_from,
    day_from,
    files_from,
    hosts_from,
    https_from,
    replica_from,
    secret_from,
    text_from,
)
from config.identity import providers_from

BASE_DIR = Path(__file__).resolve().parent.parent
MODES = ("production", "demo", "development", "test")

MODE = choice_from("CORDEE_MODE", MODES, "production")
DEMO = MODE == "demo"
GALLERY = MODE != "production"
DEBUG = MODE == "development"
SECRET_KEY = secret_from("CORDEE_SECRET_KEY", mode=MODE)
DATA_DIR = Path(text_from("CORDEE_DATA", str(BASE_DIR / "var")))
CLOCK = day_from("CORDEE_CLOCK")  # read only by cordee.toolkit.clock
if CLOCK and MODE == "production":
    raise ImproperlyConfigured("CORDEE_CLOCK fige la date : c’est refusé en production. Retirez-la.")
ALLOWED_HOSTS = hosts_from("CORDEE_HOSTS", mode=MODE)
HTTPS = https_from("CORDEE_HTTPS", mode=MODE, hosts=ALLOWED_HOSTS)
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS] if HTTPS else []

INSTALLED_APPS = [
    "cordee.toolkit",
    "cordee.records",
    "cordee.people",
    "cordee.reference",
    "cordee.meetings",
    "cordee.governance",
    "cordee.communities",
    "cordee.treasury",
    "cordee.charter",
    "cordee.privacy",
    "cordee.home",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django_htmx",
    "django_tasks_db",
    "django.forms",
]

MIDDLEWARE = [
    "cordee.toolkit.middleware.RequestIdentifierMiddleware",
    "cordee.toolkit.middleware.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages weigh a sixth, without a proxy too. What is secret in them (the token) is masked anew each time.
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "cordee.toolkit.middleware.BoundsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "cordee.people.middleware.PersonMiddleware",
    "cordee.people.middleware.TakenFilesMiddleware",
    "cordee.toolkit.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "cordee.toolkit.context.page",
            ],
            "builtins": [
                "cordee.toolkit.templatetags.ui",
                "cordee.toolkit.templatetags.formats",
                "django.templatetags.i18n",
                "django.templatetags.static",
            ],
        },
    }
]

# What the processes count together, such as wrong passwords. None keeps anything for itself.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "people_counters"}}
DATABASES = {"default": database_from("DATABASE_URL", folder=DATA_DIR)}
REPLICA = replica_from("CORDEE_REPLICA", database=DATABASES["default"])
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
if MODE == "test":
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# The way in.
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
# Who moves money or administers shows a second factor. Tests that are not about it come in without.
SECOND_FACTOR_REQUIRED = MODE in {"production", "demo"}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # the link of an invitation proves the address
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_ADAPTER = "cordee.people.accounts.InvitedOnly"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 900
ACCOUNT_REAUTHENTICATION_TIMEOUT = 900
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",  # each costs the time of a hash
    "login_failed": "5/5m/key",  # of one account from one address; see people/accounts.py
    "login_failed_device": "10/5m/key",
}
ACCOUNT_FORMS = {
    "login": "cordee.people.forms.SignInForm",
    "request_login_code": "cordee.people.forms.AskCodeForm",
    "confirm_login_code": "cordee.people.forms.GiveCodeForm",
    "reset_password": "cordee.people.forms.ForgottenPasswordForm",
    "reset_password_from_key": "cordee.people.forms.NewPasswordForm",
    "change_password": "cordee.people.forms.ChangePasswordForm",
    "set_password": "cordee.people.forms.SetPasswordForm",
    "reauthenticate": "cordee.people.forms.ReauthenticateForm",
}
# A proxy that speaks HTTPS writes who asks last in X-Forwarded-For.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if HTTPS else 0
MFA_ADAPTER = "cordee.people.accounts.SecondFactor"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_FORMS = {
    "authenticate": "cordee.people.forms.FactorForm",
    "reauthenticate": "cordee.people.forms.FactorAgainForm",
    "activate_totp": "cordee.people.forms.ActivateAppForm",
    "add_webauthn": "cordee.people.forms.AddPasskeyForm",
    "edit_webauthn": "cordee.people.forms.RenamePasskeyForm",
}

# The organizations whose people come in by their own service (OpenID Connect), and what is asked of it.
IDENTITY_PROVIDERS = providers_from("CORDEE_IDENTITY", mode=MODE)
SOCIALACCOUNT_ADAPTER = "cordee.people.identity.OurProviders"
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"provider_class": "cordee.people.identity.OneProvider"}}
SOCIALACCOUNT_STORE_TOKENS = False

MAIL_DOMAIN = ALLOWED_HOSTS[0]
# What stands before a path in an e-mail.
PUBLIC_ADDRESS = text_from("CORDEE_PUBLIC_ADDRESS", f"{'https' if HTTPS else 'http'}://{ALLOWED_HOSTS[0]}").rstrip("/")
DEFAULT_FROM_EMAIL = text_from("CORDEE_MAIL_FROM", f"Cordée <cordee@{MAIL_DOMAIN}>")
# A production without a mail server keeps its messages until one is named; the demonstration writes them to files.
MAIL_IS_SET = MODE != "production" or bool(text_from("CORDEE_SMTP_HOST"))
MAILERS: dict[str, dict[str, object]] = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
if DEMO:
    MAILERS["default"] = {
        "BACKEND": "django.core.mail.backends.filebased.EmailBackend",
        "OPTIONS": {"file_path": DATA_DIR / "courriels"},
    }
if text_from("CORDEE_SMTP_HOST"):
    SMTP_SECURITY = choice_from("CORDEE_SMTP_SECURITY", ("starttls", "tls", "none"), "starttls")
    MAILERS["default"] = {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": text_from("CORDEE_SMTP_HOST"),
            "port": int(text_from("CORDEE_SMTP_PORT", "587")),
            "username": text_from("CORDEE_SMTP_USER"),
            "password": text_from("CORDEE_SMTP_PASSWORD"),
            "use_tls": SMTP_SECURITY == "starttls",
            "use_ssl": SMTP_SECURITY == "tls",
            "timeout": 20,
        },
    }

# Who answers for personal information (A-2.1, s. 8), how to reach them, and where the data is kept: the policy says it.
PRIVACY_BODY = text_from("CORDEE_PRIVACY_BODY")
PRIVACY_OFFICER = text_from("CORDEE_PRIVACY_OFFICER")
PRIVACY_CONTACT = text_from("CORDEE_PRIVACY_CONTACT")
PRIVACY_HOSTING = text_from("CORDEE_PRIVACY_HOSTING")

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "cordee" / "locale"]
LANGUAGE_COOKIE_NAME = "langue"
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "America/Toronto"

STATIC_URL = "/static/"
STATICFILES_FINDERS = [
    "cordee.toolkit.stylesheet.StylesheetFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": files_from("CORDEE_FILES", folder=DATA_DIR / "files"),
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if MODE in {"test", "development"}
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = MODE == "development"
FILE_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 12_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 6000

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    # A form that leaves for an identity provider is followed only to those that are named.
    "form-action": [CSP.SELF, *(origin for provider in IDENTITY_PROVIDERS for origin in provider.origins)],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "manifest-src": [CSP.SELF],
    "worker-src": [CSP.NONE],
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^sante/"]  # asked on the machine itself, beside the proxy
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

METRICS = address_from("CORDEE_METRICS")  # where figures are told to Prometheus, apart from the pages
# A line for each answer, to be read by programs, is for real use.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "cordee.toolkit.middleware.RequestIdentifierFilter"}},
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(request_id)s %(name)s %(message)s"},
        "json": {"()": "cordee.toolkit.logs.JsonLines"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "json" if MODE == "production" else "line",
            "filters": ["request_id"],
        }
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"cordee.access": {"level": "INFO" if MODE == "production" else "WARNING"}},
}
