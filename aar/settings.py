"""Settings of AAR, all from the environment; `.env.example` has a line of words for each."""

from pathlib import Path

import dj_database_url
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from kombu import Queue

from aar import env, production, sso
from aar.mail import mail_of
from aar.settings_sign_in import *  # noqa: F403 - the settings of the door, in a file of their own

BASE_DIR = Path(__file__).resolve().parent.parent
# Front-end files made at install (static cuts of fonts); nothing in it is committed.
BUILD_DIR = BASE_DIR / ".build"
DATA_DIR = Path(env.text("DATA_DIR", str(BASE_DIR / ".aar"))).resolve()

SECRET_KEY = env.secret_key("SECRET_KEY", DATA_DIR)
# Only what seals the record needs the private key: the worker, and `prepare`, which looks for it.
AUDIT_SIGNING_KEY = env.signing_key("AUDIT_SIGNING_KEY", DATA_DIR)
AUDIT_PUBLIC_KEYS = env.words("AUDIT_PUBLIC_KEYS")
# Only the worker signs PDFs (PKCS#12); the certificates of present and former keys are public.
BULLETIN_SIGNING_FILE = env.text("BULLETIN_SIGNING_FILE", "")
BULLETIN_SIGNING_PASSPHRASE = env.text("BULLETIN_SIGNING_PASSPHRASE", "")
BULLETIN_CERTIFICATES = env.text("BULLETIN_CERTIFICATES", "")
# What QR codes lead to, with its scheme; blank: they carry number and hash alone.
PUBLIC_ADDRESS = env.text("PUBLIC_ADDRESS", "").rstrip("/")
# Former secrets, by which what they sealed is still read while it is sealed anew.
SECRET_KEY_FALLBACKS = env.text("SECRET_KEY_FALLBACKS", "").split()
DEBUG = env.flag("DEBUG", default=False)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")
CSRF_FAILURE_VIEW = "agencies.signing.outside.stale_token"
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
# Example people are made only where this is on; `prepare` closes their accounts otherwise.
EXAMPLE_MODE = env.flag("EXAMPLE_MODE", default=False)
# E-mail: blank sends none; an example deployment writes it to files.
MAIL = mail_of(env.text("EMAIL_URL", ""), DATA_DIR / "mail" if EXAMPLE_MODE else None)
MAIL_IS_ON = MAIL.is_on
EMAIL_BACKEND, EMAIL_FILE_PATH = MAIL.backend, MAIL.folder
EMAIL_HOST, EMAIL_PORT = MAIL.host, MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL.tls, MAIL.ssl
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("EMAIL_FROM", "") or "aar@localhost"
# SECRET and above are refused unless the deployment is accredited for them.
ACCREDITED_FOR_SECRET = env.flag("ACCREDITED_FOR_SECRET", default=False)
# For how long a link to set a password opens, in seconds; Django's own tokens ask the second.
PASSWORD_LINK_AGE = PASSWORD_RESET_TIMEOUT = 3600 * env.number("PASSWORD_LINK_HOURS", default=72)

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "template_partials",
    "pgtrigger",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    *sso.APPS,
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "core",
    "audit",
    "places",
    "agencies",
    "incidents",
    "reviews",
    "lessons",
    "bulletins",
    "aar",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # Weak lines: a register of fifty rows is 40 kB plain and 5 kB packed.
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "agencies.middleware.PageHeaders",
    "agencies.middleware.SessionLimits",
    "agencies.request_lock.RequestLock",
    "aar.refusals.record_refusals",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "agencies.middleware.SecondFactor",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "aar.urls"
WSGI_APPLICATION = "aar.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "builtins": ["template_partials.templatetags.partials", "core.templatetags.aar"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "core.context.frame",
            ],
        },
    }
]

DATABASES = {
    "default": dj_database_url.parse(
        env.stack_address("DATABASE_URL", DATA_DIR), conn_max_age=600, conn_health_checks=True
    )
}
# The owner of the tables, who migrates; nothing else signs in as it. Unset, DATABASE_URL is used.
DATABASE_OWNER_URL = env.stack_address("DATABASE_OWNER_URL", DATA_DIR, default="")
# The role that a transaction takes on for its reader: none, one signs in as it (but in test runs).
LOCK_ROLE = ""
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

if not EXAMPLE_MODE and (
    found := production.faults(
        secret_key=SECRET_KEY,
        debug=DEBUG,
        allowed_hosts=ALLOWED_HOSTS,
        database=DATABASES["default"],
    )
):
    raise ImproperlyConfigured(" ".join(found))

REDIS_URL = env.stack_address("REDIS_URL", DATA_DIR)

# Sign-in through another house; empty unless the `sso` extra is installed and set up.
SOCIALACCOUNT_PROVIDERS = sso.PROVIDERS
SOCIALACCOUNT_ADAPTER = "agencies.sso.adapter.IdentityAdapter"
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False
SSO_DOORS = sso.DOORS

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("ur", _("Urdu"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Karachi"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static", ("fonts", BUILD_DIR / "fonts")]
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Sealed files: no address, readable by the product alone, writable by nobody.
    "evidence": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": DATA_DIR / "evidence",
            "base_url": None,
            "file_permissions_mode": 0o400,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 60 * 60 * 24
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# Files that people upload. What they are is decided by what is in them: incidents/files/.
UPLOAD_DIR = DATA_DIR / "uploads"
EVIDENCE_MOST_MB = {
    "IMAGE": env.number("EVIDENCE_IMAGE_MB", default=25),
    "DOCUMENT": env.number("EVIDENCE_DOCUMENT_MB", default=50),
    "TEXT": env.number("EVIDENCE_TEXT_MB", default=10),
    "VIDEO": env.number("EVIDENCE_VIDEO_MB", default=200),
}
EVIDENCE_MOST_MEGAPIXELS = env.number("EVIDENCE_MEGAPIXELS", default=64)
UPLOAD_MOST_BYTES = max(EVIDENCE_MOST_MB.values()) << 20
# Where anybody may send a file, and how much of it is read; it is held in memory and dropped.
UPLOADS_READ_AND_DROPPED = {"/verify/": 24 << 20}
FILE_UPLOAD_HANDLERS = ["core.uploads.LimitedUploadHandler"]
DATA_UPLOAD_MAX_NUMBER_FILES = 10
# Where set, files are held until clamd has read them: host:port, or the path of its socket.
CLAMAV_ADDRESS = env.text("CLAMAV_ADDRESS", "")
CLAMAV_SECONDS = env.number("CLAMAV_SECONDS", default=120)

# A deployment's own lines of districts, in place of those that ship, and whose they are.
MAP_GEOMETRY = env.text("MAP_GEOMETRY", "")
MAP_CREDIT = env.text("MAP_CREDIT", "")

# The pages have no inline script and no style attribute; keep it so.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # Longer than any task may run, so that no task is handed out twice while it runs.
    "visibility_timeout": 300,
    # kombu looks for messages of a dead worker this often (its own default is about 100 s).
    "unacked_restore_interval": 1,
    "unacked_restore_throttle": 1,
    # A hung broker must not hang a page: the database says what is to be done anyway.
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.2,
    "interval_max": 0.5,
}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SOFT_TIME_LIMIT = 150
CELERY_TASK_TIME_LIMIT = 180
# What one document may take: seconds of a processor, and memory of the process that sets it.
RENDERING_SECONDS = env.number("RENDERING_SECONDS", default=30)
RENDERING_MB = env.number("RENDERING_MB", default=512)
# Beside each other, so that no number of documents keeps a worker from the rest. A worker takes
# from both; one that is to render only is started with `--queues renderings`.
CELERY_TASK_QUEUES = (Queue("celery"), Queue("renderings"))
CELERY_TASK_ROUTES = {"bulletins.tasks.render": {"queue": "renderings"}}
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_MAX_TASKS_PER_CHILD = 100
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = {
    "sweep renderings": {"task": "bulletins.tasks.sweep_renderings", "schedule": 20.0},
    "sweep exports": {"task": "bulletins.exporting.tasks.sweep_exports", "schedule": 20.0},
    "expire exports": {"task": "bulletins.exporting.tasks.expire_exports", "schedule": 60.0 * 60},
    "send notices": {"task": "bulletins.noticing.tasks.send_notices", "schedule": 20.0},
    "remind of receipts": {
        "task": "bulletins.noticing.tasks.remind_of_receipts",
        "schedule": 60.0 * 10,
    },
    "seal the record": {"task": "audit.tasks.seal_events", "schedule": 60.0},
    "verify the record": {
        "task": "audit.tasks.verify_record",
        "schedule": crontab(hour=3, minute=10),
    },
    "sweep imports": {"task": "incidents.tasks.sweep_imports", "schedule": 30.0},
    "sum tallies": {"task": "incidents.tasks.sum_tallies", "schedule": 60.0},
    "sweep evidence": {"task": "incidents.tasks.sweep_evidence", "schedule": 60.0},
    "sweep files": {"task": "incidents.tasks.sweep_files", "schedule": 60.0 * 60},
    "thin wordings": {
        "task": "reviews.tasks.thin_wordings",
        "schedule": crontab(hour=3, minute=40),
    },
    "remind of reviews": {"task": "reviews.tasks.remind", "schedule": 60.0 * 10},
    "sweep the door": {"task": "agencies.tasks.sweep_the_door", "schedule": 3600.0},
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PAGINATION_CLASS": "core.api.ByKeyset",
    "EXCEPTION_HANDLER": "core.api.answer_refusal",
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "PAGE_SIZE": 50,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "AAR",
    "VERSION": "0.1",
    "SERVE_INCLUDE_SCHEMA": False,
    # Fields of one name in several rooms; their lists of choices get a name each.
    "ENUM_NAME_OVERRIDES": {
        "ClaimKind": "incidents.choices.ClaimKind",
        "CustodyKind": "incidents.choices.files.CustodyKind",
        "DisputeState": "incidents.choices.DisputeState",
        "EvidenceKind": "incidents.choices.files.EvidenceKind",
        "EvidenceState": "incidents.choices.files.EvidenceState",
        "BulletinKind": "bulletins.choices.BulletinKind",
        "BriefKind": "bulletins.choices.BriefKind",
        "FindingKind": "reviews.choices.FindingKind",
        "LessonKind": "lessons.choices.LessonKind",
        "AgencyTier": "agencies.choices.Tier",
        "YesNoUnknown": "incidents.choices.YesNoUnknown",
        "ReviewTier": "reviews.choices.ReviewTier",
        "WrittenLanguage": "reviews.choices.Language",
        "BulletinLanguage": "bulletins.choices.Language",
    },
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO")},
    # It greets whoever imports it.
    "loggers": {"pikepdf._core": {"level": "WARNING"}},
}
