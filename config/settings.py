"""All settings, one file. What differs per deployment comes from the environment (see .env.example)."""

from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# --- Where this site is -------------------------------------------------------------------------------------------
SITE_NAME = env.str("SITE_NAME", default="Scrutineers")
SITE_URL = env.str("SITE_URL", default="http://localhost:8000").rstrip("/")
SITE_HOST = urlsplit(SITE_URL).hostname or "localhost"
IS_HTTPS = SITE_URL.startswith("https://")
IS_LOOPBACK = SITE_HOST in {"localhost", "127.0.0.1", "::1"}
SOURCE_URL = env.str("SOURCE_URL", default="https://github.com/scrutineers/scrutineers")
CONTACT_EMAIL = env.str("CONTACT_EMAIL", default=f"hello@{SITE_HOST}")
DEMO = env.bool("DEMO", default=False)
MAIL_SINK_URL = env.str("MAIL_SINK_URL", default="")
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "var")))

DEBUG = False  # never on: errors are read in the log, pages are tried as people see them
SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    if not IS_LOOPBACK:
        raise ImproperlyConfigured("Set SECRET_KEY: sessions and links in emails are signed with it.")
    SECRET_KEY = "only-for-a-site-on-this-machine-that-nobody-else-can-reach"  # noqa: S105 -- refused for any other host
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = [SITE_HOST, *env.list("ALLOWED_HOSTS", default=[])]
if IS_LOOPBACK:
    ALLOWED_HOSTS += ["localhost", "127.0.0.1", "[::1]", "testserver"]
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# --- What the site is made of -------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "pages",
    "unmentoring",
    "networking",
    "evidence",
    "meetups",
    "people",
    "outbox",
    "searchdeck",
    "govuk",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "crispy_forms",
    "csp",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "pages.middleware.refuse_strange_requests",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "pages.middleware.secure_headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "pages.kept.KeptPagesMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "people.middleware.AudienceMiddleware",
    "pages.middleware.RefuseStrangeAdministration",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "pages.context.site",
            ],
        },
    },
]
# Until Django 6 the default is http for links typed without a scheme.
FORMS_URLFIELD_ASSUME_HTTPS = True
# Our templates come before the stock ones of Django's form widgets.
FORM_RENDERER = "django.forms.renderers.DjangoTemplates"
CRISPY_TEMPLATE_PACK = CRISPY_ALLOWED_TEMPLATE_PACKS = "govuk"
CRISPY_FAIL_SILENTLY = False

# --- Where data lives ---------------------------------------------------------------------------------------------
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        # IMMEDIATE: a writer waits its turn. The default starts as a reader and fails when it wants to write.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MEDIA_ROOT = DATA_DIR / "media"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(DATA_DIR / "static")))
STATIC_URL = "static/"
STATICFILES_DIRS = [("img", BASE_DIR / "static" / "img"), ("built", BASE_DIR / "static" / "built")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024  # bytes: the longest form here is a description of a few pages
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

REDIS_URL = env.str("REDIS_URL", default="redis://127.0.0.1:6379/0")
CACHES = {
    "default": {
        "BACKEND": "config.cache.ForgivingRedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "scrutineers",
        "OPTIONS": {"socket_connect_timeout": 0.2, "socket_timeout": 0.2},
    }
}
# How long pages are kept for visitors who are not signed in (pages/kept.py). config/gunicorn.py makes it 5 for the web
# processes; tests and commands keep nothing.
PAGES_KEPT_SECONDS = env.int("PAGES_KEPT_SECONDS", default=0)

# --- Background work ----------------------------------------------------------------------------------------------
CELERY_BROKER_URL = (
    f"redis+socket://{REDIS_URL.removeprefix('unix://')}" if REDIS_URL.startswith("unix://") else REDIS_URL
)
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # Longer than the longest task: a shorter one starts a running task a second time.
    "visibility_timeout": 3600,
    # Without a time limit a half-open connection left a worker idle for minutes.
    "socket_timeout": 10,
    "socket_connect_timeout": 2,
    "socket_keepalive": True,
    "unacked_restore_throttle": 1,
    "global_keyprefix": "scrutineers:",
    "max_retries": 1,
}
# A nudge is worth a fraction of a second, not more: the sweep comes anyway.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 600
CELERY_TASK_SOFT_TIME_LIMIT = 540
CELERY_TIMEZONE = "Europe/London"
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")
CELERY_BEAT_MAX_LOOP_INTERVAL = 5

# --- E-mail -------------------------------------------------------------------------------------------------------
vars().update(env.email_url("EMAIL_URL", default="smtp://127.0.0.1:1025"))
EMAIL_BACKEND = env.str("EMAIL_BACKEND", default="django.core.mail.backends.smtp.EmailBackend")
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=20)  # seconds per step of the SMTP conversation
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"no-reply@{SITE_HOST}")  # one bare mailbox
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# A message claimed by a worker that went away is put back after this long. Longer than one SMTP conversation can take.
OUTBOX_CLAIM_SECONDS = env.int("OUTBOX_CLAIM_SECONDS", default=300)
OUTBOX_KEEP_TEXT_DAYS = env.int("OUTBOX_KEEP_TEXT_DAYS", default=90)
SIGNUPS_KEEP_DAYS = env.int("SIGNUPS_KEEP_DAYS", default=90)  # after the meet-up; then only counts stay

# --- UnMentoring: days that things are kept. Values stop at a safe floor, and are not without end. --------------------
# Somebody who never confirmed (they are asked once more after three days); the name of who left; who was removed.
UNMENTORING_UNCONFIRMED_DAYS = min(max(env.int("UNMENTORING_UNCONFIRMED_DAYS", default=30), 7), 90)
UNMENTORING_LEFT_DAYS = min(max(env.int("UNMENTORING_LEFT_DAYS", default=30), 7), 90)
UNMENTORING_REMOVED_DAYS = min(max(env.int("UNMENTORING_REMOVED_DAYS", default=730), 90), 1825)
# Words about one month. Never so few that a month is still going on.
UNMENTORING_NOTES_DAYS = min(max(env.int("UNMENTORING_NOTES_DAYS", default=365), 90), 730)
UNMENTORING_LEARNINGS_DAYS = min(max(env.int("UNMENTORING_LEARNINGS_DAYS", default=730), 90), 1825)
UNMENTORING_DRAWS_DAYS = min(max(env.int("UNMENTORING_DRAWS_DAYS", default=730), 90), 1825)
UNMENTORING_OPEN_REPORTS_DAYS = min(max(env.int("UNMENTORING_OPEN_REPORTS_DAYS", default=730), 90), 1825)

_NO = {"off", "no", "false", "0"}
# --- Listening for scrutiny: agree these with your own advisers. Values stop at a safe floor. -------------------------
# Days after the report that what was only seen is kept, offered for new inquiries. Never so few that work is lost.
EVIDENCE_KEEP_DAYS = min(max(env.int("EVIDENCE_KEEP_DAYS", default=90), 7), 365)
EVIDENCE_SENSITIVE_KEEP_DAYS = min(max(env.int("EVIDENCE_SENSITIVE_KEEP_DAYS", default=30), 7), 90)
EVIDENCE_DRAFT_KEEP_DAYS = min(max(env.int("EVIDENCE_DRAFT_KEEP_DAYS", default=30), 7), 90)
# Years that complaints are kept after the answer, and hand-offs after the end of their link.
EVIDENCE_LETTERS_KEEP_YEARS = min(max(env.int("EVIDENCE_LETTERS_KEEP_YEARS", default=3), 1), 6)
# At which item by one private author in an inquiry people are stopped and asked why.
EVIDENCE_STOP_AT_ITEM = min(max(env.int("EVIDENCE_STOP_AT_ITEM", default=3), 2), 3)
# "off": no page is ever fetched, whatever somebody asks for; everything can be typed or pasted.
EVIDENCE_FETCH = "off" if env.str("EVIDENCE_FETCH", default="on").strip().lower() in _NO else "on"

# --- Signing in ---------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.Person"
# W004 wants the address to be unique: it is, whatever its capitals, by a constraint that the check cannot read.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "pages:my_things"
ACCOUNT_LOGOUT_REDIRECT_URL = "pages:home"
ACCOUNT_ADAPTER = "people.adapter.AccountAdapter"
ACCOUNT_FORMS = {"signup": "people.forms.JoinForm", "request_login_code": "people.forms.SignInForm"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 900
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 900
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if IS_HTTPS else "http"
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "request_login_code": "20/m/ip,3/5m/key",
    "signup": "20/m/ip",
    "confirm_email": "3/5m/key",
}
# (how many, in how many seconds, counted per what), see people/limits.py. A council may share one address: be generous
# per "ip", strict per "key" (the e-mail address a form would write to).
RATE_LIMITS = {
    "meetups:sign_up": [(120, 60, "ip"), (6, 600, "key")],
    "meetups:add_signup": [(300, 3600, "person")],
    "meetups:resend": [(30, 60, "ip"), (3, 600, "key")],
    "meetups:follow": [(60, 60, "ip"), (3, 600, "key")],
    "meetups:write": [(20, 3600, "person")],
    "meetups:topics": [(120, 60, "ip"), (60, 3600, "key")],
    "unmentoring:join": [(120, 60, "ip"), (4, 600, "key")],
    "unmentoring:report": [(20, 600, "ip")],
    "networking:join": [(120, 60, "ip"), (4, 600, "key")],
    "evidence:complain": [(30, 600, "ip"), (6, 600, "key")],
    # A room of guests shares one address, and 31 to the power of 6 codes are not guessed thirty at a time.
    "evidence:join_session": [(120, 600, "ip"), (120, 600, "key")],  # the session is the key
    "evidence:wrong_code": [(30, 600, "ip")],
    "evidence:room": [(1200, 600, "ip"), (60, 600, "key")],  # the seat is the key
    "evidence:room_of_session": [(1200, 600, "key")],
    "evidence:share": [(60, 600, "person")],
    "evidence:ask_helper": [(10, 3600, "person")],
    "evidence:fetch": [(20, 600, "person")],
    "people:take_out": [(10, 3600, "person")],
}
RATE_LIMIT_FACTOR = env.int("RATE_LIMIT_FACTOR", default=1)  # times as many; 0 counts nothing (load tests)
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = SITE_NAME
MFA_TOTP_TOLERANCE = 1  # the code before and after too: people type slowly and clocks differ
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = IS_LOOPBACK
AUTH_PASSWORD_VALIDATORS: list[dict[str, str]] = []  # nobody has a password

# --- Safety -------------------------------------------------------------------------------------------------------
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/$"]  # asked by the machine itself, without the proxy
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31536000) if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"  # links in emails carry their right in the address
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 14 * 24 * 3600
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "pages.views.site.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [NONE],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}

# --- Language and time --------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["config.formats"]

# --- Log ----------------------------------------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        # Links in emails carry a right in their address: a 404 for one must not put it into the log.
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
