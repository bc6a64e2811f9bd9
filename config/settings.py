"""All settings, from the environment, safe when nothing is set.

``CROSSREAD_DEMO=1`` is what ``make run`` sets: plain http on this machine, reading without a login, demo accounts.
"""

from __future__ import annotations

from pathlib import Path

import environ
from csp.constants import NONE, SELF

from config.keys import kept_secret_key

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()


def whole_number(name: str, default: int) -> int | str:
    """Return a whole number of the environment, or what stands there instead: the system check says what is wrong."""
    told = env.str(name, default=str(default)).strip()
    return int(told) if told.isascii() and told.isdigit() else told


DEMO = env.bool("CROSSREAD_DEMO", default=False)
DEBUG = env.bool("CROSSREAD_DEBUG", default=False)
VAR_DIR = env.path("CROSSREAD_VAR", default=str(BASE_DIR / "var"))()
VAR_DIR = Path(VAR_DIR)
SECRET_KEY = env.str("CROSSREAD_SECRET_KEY", default="") or kept_secret_key(VAR_DIR / "secret_key")
ALLOWED_HOSTS = env.list("CROSSREAD_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CROSSREAD_ORIGINS", default=[])

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "claims",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "claims.views.reader.reader",
    "claims.views.access.ReadingMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.i18n", "claims.templatetags.crossread", "claims.templatetags.moments"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "claims.views.context.standing",
            ],
        },
    },
]

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'crossread.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # Readers never wait for the worker's writes (WAL), and a writer takes its turn at the start of a transaction
    # instead of failing in the middle of it (IMMEDIATE).
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}

AUTHENTICATION_BACKENDS = ["claims.services.accounts.Accounts"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "events"
LOGOUT_REDIRECT_URL = "login"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("de", "Deutsch")]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_SAMESITE = "Lax"
TIME_ZONE = env.str("CROSSREAD_TIME_ZONE", default="UTC")
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}

# Everything a page needs comes from this server; nothing inline, nothing framed.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
HTTPS = env.bool("CROSSREAD_HTTPS", default=not DEMO)
SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 3600 * 24 * 30 if HTTPS else 0
if env.bool("CROSSREAD_BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SAMESITE = "Lax"
DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.str("CROSSREAD_LOG_LEVEL", default="WARNING")},
}

# Crossread's own
CROSSREAD_PUBLIC_READ = env.bool("CROSSREAD_PUBLIC_READ", default=DEMO)
CROSSREAD_ADDRESS = env.str("CROSSREAD_ADDRESS", default="http://127.0.0.1:8000")  # of links that commands write
CROSSREAD_MODEL = env.str("CROSSREAD_MODEL", default="")  # empty: all-MiniLM-L6-v2 from its package
CROSSREAD_JUDGE = env.str("CROSSREAD_JUDGE", default="built-in")  # built-in, rules, inference, remote
CROSSREAD_JUDGE_MODEL = env.str("CROSSREAD_JUDGE_MODEL", default="")
CROSSREAD_JUDGE_URL = env.str("CROSSREAD_JUDGE_URL", default="")
CROSSREAD_JUDGE_KEY = env.str("CROSSREAD_JUDGE_KEY", default="").strip()
CROSSREAD_JUDGE_REQUEST_SECONDS = whole_number("CROSSREAD_JUDGE_REQUEST_SECONDS", 20)
CROSSREAD_JUDGE_SECONDS = whole_number("CROSSREAD_JUDGE_SECONDS", 120)
CROSSREAD_JUDGE_REQUESTS = whole_number("CROSSREAD_JUDGE_REQUESTS", 50)
CROSSREAD_JUDGE_TOKENS = whole_number("CROSSREAD_JUDGE_TOKENS", 100_000)
CROSSREAD_MODEL_LANGUAGES = env.str("CROSSREAD_MODEL_LANGUAGES", default="")  # "en,de,fr", "*" for every one
CROSSREAD_MAX_ARTICLE_BYTES = 1_000_000
CROSSREAD_HEARTBEAT_SECONDS = env.int("CROSSREAD_HEARTBEAT_SECONDS", default=5)
CROSSREAD_LOST_AFTER_SECONDS = env.int("CROSSREAD_LOST_AFTER_SECONDS", default=30)
CROSSREAD_MAX_FILE_BYTES = 20_000_000  # of a file or a page that an article is read from
CROSSREAD_MAX_TABLE_BYTES = 30_000_000  # of a table, unpacked
CROSSREAD_FETCH_PORTS = env.list("CROSSREAD_FETCH_PORTS", cast=int, default=[80, 443])
CROSSREAD_FETCH_LOOPBACK = env.bool("CROSSREAD_FETCH_LOOPBACK", default=False)  # pages of this very machine, for tests
CROSSREAD_WEBHOOKS_PRIVATE = env.bool("CROSSREAD_WEBHOOKS_PRIVATE", default=False)  # send to one's own network, too
CROSSREAD_API_RATE = env.str("CROSSREAD_API_RATE", default="600/min")  # requests of one token
# The API counts requests without a token by address: a proxy's own header is believed only where there is a proxy.
NINJA_NUM_PROXIES = 1 if env.bool("CROSSREAD_BEHIND_PROXY", default=False) else 0
