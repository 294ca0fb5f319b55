"""Settings of the whole house, read from the environment (see docs/operating.md).

Production is the default and refuses what only a demonstration may do. ``make run`` sets
REDRESS_MODE=demo and the test plugin sets REDRESS_MODE=test; both say so aloud.
"""

from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config import env, logs

BASE_DIR = Path(__file__).resolve().parent.parent

# --- What kind of place this is ---------------------------------------------------------------
REDRESS_MODE = env.choice("REDRESS_MODE", "production", among=("production", "demo", "test"))
_IN_PRODUCTION = REDRESS_MODE == "production"

# The launcher marks the keys that it made up. They lie beside the data that they seal, which is
# fine for trying Redress out and worthless for a real person's safety.
if _IN_PRODUCTION and env.flag("REDRESS_DEMO_KEYS", default=False):
    raise ImproperlyConfigured("Production refuses to start with the keys of the demonstration.")

DEBUG = False
SECRET_KEY = env.secret("SECRET_KEY")
SECRET_KEY_FALLBACKS: list[str] = [
    one for one in env.secret("SECRET_KEY_FALLBACKS", "").split(",") if one
]
ALLOWED_HOSTS = env.listing("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = env.listing("CSRF_TRUSTED_ORIGINS")

# --- The company, in its own words ------------------------------------------------------------
REDRESS_COMPANY_NAME = env.text("REDRESS_COMPANY_NAME", None if _IN_PRODUCTION else "Example Tools")
REDRESS_COMPANY_ADDRESS = env.text("REDRESS_COMPANY_ADDRESS", "")
REDRESS_NOTICE_FROM = env.text(
    "REDRESS_NOTICE_FROM", None if _IN_PRODUCTION else "messages@example.org"
)
# A subject that tells nothing to somebody who looks over a shoulder.
REDRESS_NOTICE_SUBJECT = env.text("REDRESS_NOTICE_SUBJECT", "") or _("A message for you")
# Where the quick exit leads: a page that nobody wonders about.
REDRESS_EXIT_URL = env.text("REDRESS_EXIT_URL", "https://www.wikipedia.org/")
# The country of the company’s home, for bodies to which people turn there (two capital letters).
REDRESS_HOME_COUNTRY = env.text("REDRESS_HOME_COUNTRY", "")

_LAWS = (
    "eu_whistleblower",
    "de_hinschg",
    "de_lksg",
    "eu_csddd",
    "eu_gdpr",
    "gb_dpa_complaints",
    "eu_dsa",
    "us_take_it_down",
    "au_online_safety",
    "in_it_rules",
    "no_transparency_act",
)
_DEMO_LAWS = ("eu_whistleblower", "de_hinschg", "eu_gdpr", "eu_dsa")
# The calendar in which the company counts days, weeks and months.
REDRESS_CALENDAR_ZONE = env.zone("REDRESS_CALENDAR_ZONE", "UTC")
# Which laws bind the company, besides the portal's own limits. Which of them fit a case is
# decided case by case.
REDRESS_REGIMES = env.words_among(
    "REDRESS_REGIMES", _DEMO_LAWS if REDRESS_MODE == "demo" else (), among=_LAWS
)
# Whose weekends and public holidays count where a law moves a due day to the next working day.
REDRESS_REST_DAYS_COUNTRY = env.country("REDRESS_REST_DAYS_COUNTRY")
# Further days on which the company rests.
REDRESS_REST_DAYS = env.days("REDRESS_REST_DAYS")
# Wake the worker as soon as a notice is queued. Without it the beat delivers within half a minute.
REDRESS_NUDGE = env.flag("REDRESS_NUDGE", default=REDRESS_MODE != "test")
# The hours of the night in which nobody gets a letter, in the recipient's own country.
REDRESS_QUIET_HOURS = env.hours("REDRESS_QUIET_HOURS", "20-8")
# Where the portal is, for the link that a person may ask for. Without it no link is offered.
REDRESS_PUBLIC_URL = env.origin(
    "REDRESS_PUBLIC_URL", "" if _IN_PRODUCTION else "http://localhost:8000"
)

# --- For whoever keeps it running ---------------------------------------------------------------
# /metrics answers only to this token, and not at all without one.
METRICS_TOKEN = env.secret("METRICS_TOKEN", "")
REDRESS_OPERATOR_EMAIL = env.text("REDRESS_OPERATOR_EMAIL", "")
# An alarm is raised when the oldest notice has waited longer.
REDRESS_ALARM_MINUTES = env.number("REDRESS_ALARM_MINUTES", 15)


# --- Keys of the vault, the case keys and the blind indexes -----------------------------------
VAULT_KEYS = dict(env.key_ring("VAULT_KEYS"))
ACCESS_KEY_PEPPERS = dict(env.key_ring("ACCESS_KEY_PEPPERS"))
BLIND_INDEX_KEY = env.key("BLIND_INDEX_KEY")

# --- Applications -----------------------------------------------------------------------------
INSTALLED_APPS = [
    "core.apps.CoreConfig",  # first: its `migrate` runs as the owner and grants the privileges
    "modeltranslation",  # before the admin, which it teaches about languages
    "grievance.admin.apps.DeskConfig",  # the admin, with the desk as its site
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",  # allauth's page of security keys loads it
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "simple_history",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
    "csp",
    "stakeholders.apps.StakeholdersConfig",
    "remedy.apps.RemedyConfig",
    "grievance.apps.GrievanceConfig",
    "config.apps.WiringConfig",
]

# Every entry costs each request, so every entry has its reason. Those of config.desk do nothing
# outside the desk: a person who raises a grievance has no session that anyone could look up.
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",  # HTTPS only, no sniffing, no referrer
    "whitenoise.middleware.WhiteNoiseMiddleware",  # style sheets without a second server
    "csp.middleware.CSPMiddleware",  # no third party's code on any page
    "config.desk.DeskSessionMiddleware",  # staff sign-in; never on a public page
    "django.middleware.locale.LocaleMiddleware",  # the language of the address
    "django.middleware.common.CommonMiddleware",  # refuses foreign host names, mends slashes
    "django.middleware.csrf.CsrfViewMiddleware",  # no other site may post in a person's name
    "config.desk.DeskAuthenticationMiddleware",  # who of the staff is it
    "config.desk.DeskMessageMiddleware",  # the admin's "saved" lines
    "django.middleware.clickjacking.XFrameOptionsMiddleware",  # browsers without frame-ancestors
    "allauth.account.middleware.AccountMiddleware",  # allauth refuses to start without it
    "config.desk.SecondFactorMiddleware",  # a password alone opens nothing
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "grievance.openness.context.house",
            ]
        },
    }
]

# --- Database: one PostgreSQL, three roles ----------------------------------------------------
# The application may not alter what it has written into history, so it must not own the tables.
# A process gets only the roles whose URL it was given: in production the owner's is handed to the
# migration alone.


def _databases() -> dict[str, dict[str, Any]]:
    """Return the aliases default (application), owner and retention, as far as URLs are given."""
    url = env.secret("DATABASE_URL")
    aliases = {"default": env.database(url, variable="DATABASE_URL")}
    for alias in ("owner", "retention"):
        variable = f"DATABASE_{alias.upper()}_URL"
        if env.is_given(variable):
            aliases[alias] = env.database(env.secret(variable), variable=variable)
        elif not _IN_PRODUCTION:
            # One role for all is allowed for trying things out; the launcher says so.
            aliases[alias] = env.database(url, variable="DATABASE_URL")
    for alias, options in aliases.items():
        if alias != "default":
            options["TEST"] = {"MIRROR": "default"}
        # A connection that hangs must not hold a web thread for ever.
        options["OPTIONS"].setdefault("connect_timeout", "10")
    return aliases


DATABASES = _databases()
# Threads of the web server share a pool; it and persistent connections exclude each other.
# Workers and commands, which fork or are brief, take one plain connection.
_POOL_SIZE = env.number("DATABASE_POOL_SIZE", 0)
if _POOL_SIZE:
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": _POOL_SIZE, "timeout": 10}
    DATABASES["default"]["CONN_MAX_AGE"] = 0
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 0 if REDRESS_MODE == "test" else 60
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Redis: cache, short-lived counters, the queue --------------------------------------------
REDIS_URL = env.secret("REDIS_URL")
CACHES = {
    # allauth counts attempts in here, and knows no day without it.
    "default": {
        "BACKEND": "config.cache.LettingThrough",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "redress-desk",
    },
    # Says when it is down: core.attempts decides for itself what that means, and so does /readyz.
    "counters": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "redress",
    },
}

# --- Celery (the schedule is in config/celery.py) ---------------------------------------------
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True  # a worker that dies hands its task to the next one
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 15 * 60
CELERY_TASK_SOFT_TIME_LIMIT = 10 * 60
# Redis hands an unacknowledged task out again after this time. It must exceed the time limit above,
# and nothing is ever queued for later: deadlines are rows that the beat sweeps.
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 60 * 60}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULER = "config.beat:Scheduler"  # in memory: every sweep may safely run again

# --- Languages --------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"),
    ("fr", "Français"),
    ("es", "Español"),
    ("ar", "العربية"),
    ("zh-hans", "简体中文"),
    ("ru", "Русский"),
    ("pt", "Português"),
]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
# Pages write days and times in the company's zone, in which the time limits are counted.
TIME_ZONE = REDRESS_CALENDAR_ZONE.key
# Reference data carry every language of the directory, also those whose pages are not served yet.
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_LANGUAGES = ("en", "fr", "es", "ar", "zh-hans", "ru", "pt")
MODELTRANSLATION_FALLBACK_LANGUAGES = ("en",)

# --- Staff sign-in ----------------------------------------------------------------------------
AUTH_USER_MODEL = "stakeholders.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "admin:index"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "config.desk.InvitedOnly"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are made by the administrator, not by signing up
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", 0)
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_AUTO_SIGNUP = False
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Redress"
MFA_ADAPTER = "config.second_factor.SealedFactors"  # a copied database opens no desk

# --- History ----------------------------------------------------------------------------------
SIMPLE_HISTORY_REVERT_DISABLED = True  # a button that rewrites the past has no place here
SIMPLE_HISTORY_ENFORCE_HISTORY_MODEL_PERMISSIONS = True

# --- Sessions, cookies, headers ---------------------------------------------------------------
_SECURE = _IN_PRODUCTION  # the demonstration and the tests speak plain HTTP on this machine
SESSION_COOKIE_NAME = "desk"
SESSION_COOKIE_PATH = "/desk/"  # a member of staff who raises a grievance is not recognised by it
SESSION_COOKIE_SECURE = _SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 10 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# A refused form comes back with what was typed, instead of a bare error.
CSRF_FAILURE_VIEW = "grievance.openness.views.csrf_failure"
CSRF_COOKIE_SECURE = _SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_AGE = None  # gone with the browser window: it may be a shared computer
SECURE_SSL_REDIRECT = _SECURE and env.flag("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if _SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _SECURE
SECURE_HSTS_PRELOAD = _SECURE
SECURE_CONTENT_TYPE_NOSNIFF = True
# "same-origin", not "no-referrer": Django's protection of HTTPS forms reads the site's own.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if env.flag("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

# --- Files ------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = env.text("STATIC_ROOT", str(BASE_DIR / ".redress" / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = env.text("MEDIA_ROOT", str(BASE_DIR / ".redress" / "media"))
# Tests need no collected copy of the static files; everywhere else names carry a hash. An image is
# built without the keys of production and therefore asks for hashed names in so many words.
WHITENOISE_USE_FINDERS = REDRESS_MODE == "test"
WHITENOISE_AUTOREFRESH = REDRESS_MODE == "test"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if REDRESS_MODE == "test" and not env.flag("COLLECT_HASHED", default=False)
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
# A narrative is text, and 1 MB of it must be refused in words rather than by the server.
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
# No temporary files: what people send is never on a disk in clear. At most 25 MB of files for each
# request are held in memory; the rest is counted and dropped.
FILE_UPLOAD_HANDLERS = ["config.uploads.InMemoryOnly"]

# --- Mail -------------------------------------------------------------------------------------
EMAIL_BACKEND = (
    "django.core.mail.backends.console.EmailBackend"
    if REDRESS_MODE == "demo" and not env.is_given("EMAIL_HOST")
    else "django.core.mail.backends.smtp.EmailBackend"
)
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("EMAIL_PORT", 587 if _IN_PRODUCTION else 25)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.secret("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", default=_IN_PRODUCTION)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = REDRESS_NOTICE_FROM
SERVER_EMAIL = REDRESS_NOTICE_FROM

# --- Logs: ids and verbs, never a person's words ----------------------------------------------
LOGGING_CONFIG = None
# No DEBUG: at that level libraries print values, and values here are what people wrote.
_LOG_LEVEL = env.choice("LOG_LEVEL", "INFO", among=("INFO", "WARNING", "ERROR"))
logs.configure(as_json=_IN_PRODUCTION, level=_LOG_LEVEL)
