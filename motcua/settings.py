"""One settings file for every way of running. Province facts are rows, never settings."""

import os
from datetime import timedelta
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from motcua.launcher import places

PROJECT_DIR = places.CHECKOUT
STATE_DIR = places.STATE


def env_flag(name: str, default: bool) -> bool:
    """A yes/no from the environment; nonsense is an error, never a guess."""
    raw = os.environ.get(name)
    if raw is None or raw == "":
        return default
    if raw.lower() in {"1", "true", "yes", "on"}:
        return True
    if raw.lower() in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name} must be yes or no, not {raw!r}")


def env_networks(name: str) -> list[IPv4Network | IPv6Network]:
    """Networks or single addresses, with commas between; nonsense is an error."""
    try:
        return [ip_network(one.strip()) for one in os.environ.get(name, "").split(",") if one.strip()]
    except ValueError as error:
        raise ImproperlyConfigured(f"{name}: {error}") from error


def database_from_url(url: str) -> dict[str, object]:
    """Django's settings for a postgresql:// URL; any host, or a socket folder as ?host=."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must start with postgresql://")
    query = dict(parse_qsl(parts.query))
    host = query.pop("host", None) or (unquote(parts.hostname) if parts.hostname else "")
    return {
        "ENGINE": "motcua.base.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or query.pop("user", "")),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(parts.port or query.pop("port", "")),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": query,
    }


DEBUG = env_flag("MOTCUA_DEBUG", False)
SECRET_KEY = os.environ.get("MOTCUA_SECRET_KEY") or places.secret_key()
ALLOWED_HOSTS = os.environ.get("MOTCUA_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")
# Our own proxies, e.g. 127.0.0.1,10.0.3.0/24: they alone are believed for whom they ask. Without them all people behind a
# proxy are one address, and one who guesses secrets closes the way for all.
PROXIES = env_networks("MOTCUA_PROXIES")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("MOTCUA_ORIGINS", "").split(",") if origin]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "axes",
    "motcua.base",
    "motcua.calendar",
    "motcua.law",
    "motcua.files",
    "motcua.people",
    "motcua.signing",
    "motcua.offices",
    "motcua.catalogue",
    "motcua.post",
    "motcua.fees",
    "motcua.news",
    "motcua.dossiers",
    "motcua.forms",
    "motcua.readings",
    "motcua.petitions",
    "motcua.payments",
    "motcua.tickets",
    "motcua.ratings",
    "motcua.reports",
    "motcua.notices",
    "motcua.indices",
    "motcua.operations",
    "motcua.ahead",
    "motcua.replays",
    "motcua.pages.layout",
    "motcua.pages.portal",
    "motcua.pages.counter",
    "motcua.pages.desk",
    "motcua.pages.oversight",
    "motcua.pages.control",
    "motcua.pages.setup",
    "motcua.api",
]

MIDDLEWARE = [
    "motcua.pages.layout.proxies.BehindProxies",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "motcua.pages.layout.middleware.ContentPolicy",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "motcua.pages.layout.middleware.Language",
    "motcua.pages.layout.outages.Outage",
    "motcua.pages.layout.middleware.ReadingDoesNotWrite",
    "django.middleware.common.CommonMiddleware",
    # What follows is for people with a browser: a program's request goes past it.
    "motcua.pages.layout.middleware.StraightToApi",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "motcua.pages.layout.middleware.EarlySize",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "motcua.pages.layout.middleware.Person",
    "motcua.pages.layout.at_kiosk.AtKiosk",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "motcua.pages.layout.middleware.LoginUnlessPublic",
    "motcua.pages.layout.middleware.Sentences",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "motcua.urls"
WSGI_APPLICATION = "motcua.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "motcua.pages.layout.frame.frame",
            ],
        },
    }
]

DATABASES = {"default": database_from_url(os.environ.get("DATABASE_URL", "postgresql:///motcua"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "people.Account"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "motcua.people.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# Five wrong passwords for one login from one address close it there for a quarter of an hour.
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_ENABLE_ADMIN = False
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
AXES_USERNAME_FORM_FIELD = "username"
AXES_LOCKOUT_CALLABLE = "motcua.pages.layout.errors.locked_out"
LOGIN_URL = "portal:login"
LOGIN_REDIRECT_URL = "portal:home"

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_I18N = True
FORMAT_MODULE_PATH = ["motcua.pages.layout.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = STATE_DIR / "static"
STATIC_IS_COLLECTED = env_flag("MOTCUA_COLLECTED", False)
WHITENOISE_USE_FINDERS = not STATIC_IS_COLLECTED
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ("map", "woff2", "png", "jpg", "webp", "gz", "br")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if STATIC_IS_COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
FILES_ROOT = Path(os.environ.get("MOTCUA_FILES_DIR", STATE_DIR / "files"))
DATA_DIR = PROJECT_DIR / "data"
# Private keys: of QR codes, and of certificates whose key this machine holds.
KEYS_DIR = Path(os.environ.get("MOTCUA_KEYS_DIR", STATE_DIR / "keys"))
# An RFC 3161 server: with it signatures carry a certified time, and if wanted what proves them for decades.
TIMESTAMP_SERVER = os.environ.get("MOTCUA_TIMESTAMP_SERVER", "")
SIGNATURES_FOR_LONG = env_flag("MOTCUA_SIGNATURES_FOR_LONG", False)
# How the portal is reached from outside, e.g. https://dichvucong.example; empty: as the request came.
PUBLIC_ADDRESS = os.environ.get("MOTCUA_PUBLIC_ADDRESS", "").rstrip("/")
# An OpenID Connect provider (VNeID-shaped) with which people sign in, https://…; empty: nobody does, and no page shows it.
IDENTITY_ISSUER = os.environ.get("MOTCUA_IDENTITY_ISSUER", "")
IDENTITY_CLIENT = os.environ.get("MOTCUA_IDENTITY_CLIENT", "")
IDENTITY_SECRET = os.environ.get("MOTCUA_IDENTITY_SECRET", "")
IDENTITY_NAME = os.environ.get("MOTCUA_IDENTITY_NAME", "VNeID")
IDENTITY_LEAST_LEVEL = int(os.environ.get("MOTCUA_IDENTITY_LEAST_LEVEL", "2"))
# What may be done with the open data; the province says it in its own words.
OPEN_DATA_LICENCE = os.environ.get(
    "MOTCUA_OPEN_DATA_LICENCE",
    "CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/deed.vi): được tự do dùng, chia sẻ, sửa đổi nếu ghi rõ nguồn.",
)

# clamd, as tcp://127.0.0.1:3310 or unix:///run/clamav/clamd.ctl; empty: nothing is scanned, and the set-up page says so.
VIRUS_SCANNER = os.environ.get("MOTCUA_VIRUS_SCANNER", "")

# Mail of notices; where no server is named, nothing listens on the usual port and every mail waits. The password stands here alone.
EMAIL_HOST = os.environ.get("MOTCUA_SMTP_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("MOTCUA_SMTP_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("MOTCUA_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("MOTCUA_SMTP_PASSWORD", "")
EMAIL_USE_TLS = env_flag("MOTCUA_SMTP_TLS", False)
DEFAULT_FROM_EMAIL = os.environ.get("MOTCUA_MAIL_FROM", "mot-cua@localhost")

# Payment online: where people pay, where orders are asked about, who we are there, the key both sides sign with.
# One of them missing: nothing is paid online, and the pages say how to pay at the counter.
PAYMENT_ADDRESS = os.environ.get("MOTCUA_PAYMENT_ADDRESS", "")
PAYMENT_QUERY_ADDRESS = os.environ.get("MOTCUA_PAYMENT_QUERY_ADDRESS", "")
PAYMENT_PARTNER = os.environ.get("MOTCUA_PAYMENT_PARTNER", "")
PAYMENT_KEY = os.environ.get("MOTCUA_PAYMENT_KEY", "")

MAX_FILE_BYTES = 20 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

SESSION_ENGINE = "motcua.people.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "motcua.pages.layout.errors.csrf_failure"
# Nothing inline, nothing from elsewhere; Bootstrap draws the arrow of a select as a data: image.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
if env_flag("MOTCUA_HTTPS", False):
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
