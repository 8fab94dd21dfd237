"""All settings, every one from the environment. README.md lists them with their defaults."""

import sys
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config import logs
from config.broker import broker_of
from config.caching import caches_of
from config.databases import database_of, replica_of, turns_at
from config.guards import refuse_odd_shares, refuse_unreadable_proxies, refuse_unsafe_start
from config.media import storage_of

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# --- who and where -------------------------------------------------------------------------------------------
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="")
if DEBUG and not SECRET_KEY:
    # Only a demo on this machine may run without a key of its own.
    SECRET_KEY = "debug-only-" + "gatepost-on-loopback-never-in-production-0123456789"
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"] if DEBUG else [])
PORT, WEB_WORKERS = env.int("PORT", default=8000), max(1, env.int("WEB_WORKERS", default=1))
BIND = env.str("BIND", default="127.0.0.1")
SITE_URL = env.str("SITE_URL", default=f"http://127.0.0.1:{PORT}" if DEBUG else "").rstrip("/")
SITE_NAME = env.str("SITE_NAME", default="Gatepost")
SITE_TAGLINE = env.str("SITE_TAGLINE", default="Notes, and the conversation below them")
if not DEBUG and not SITE_URL.startswith(("http://", "https://")):
    raise ImproperlyConfigured("SITE_URL is not set; feeds and mails need the site's address: https://blog.example")
HTTPS = SITE_URL.startswith("https://")
refuse_unsafe_start(
    debug=DEBUG, secret_key=SECRET_KEY, allowed_hosts=ALLOWED_HOSTS, argv=sys.argv, env=dict(env.ENVIRON)
)

# --- parts ---------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "config",
    "moderation",
    "comments",
    "blog",
    "crispy_forms",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "axes",
    "csp",
    "django_q",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "config.admin_config.GatepostAdminConfig",
    "django.forms",  # its templates; ours in templates/django/forms come first
]
MIDDLEWARE = [
    "config.middleware.forwarded",
    # Headers before all that may answer by itself: also a redirect, a refusal and a static file carry them.
    "config.middleware.headers",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "config.replicas.strangers_read_elsewhere",
    "blog.kept.kept_pages",
    "config.middleware.door",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "axes.middleware.AxesMiddleware",
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
                "blog.site.context",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = ("gatepost",)
CRISPY_TEMPLATE_PACK = "gatepost"
CRISPY_FAIL_SILENTLY = False

# --- database ------------------------------------------------------------------------------------------------
DATABASES = {
    "default": database_of(
        env.str("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'var' / 'gatepost.sqlite3'}"),
        max_age=env.int("CONN_MAX_AGE", default=60),  # seconds; opening takes longer than a page
        pooled=env.bool("PGBOUNCER", default=False),  # connections go through a pooler in transaction mode
    )
}
if REPLICA_URL := env.str("REPLICA_URL", default=""):  # strangers read public pages from there
    DATABASES["replica"] = replica_of(REPLICA_URL, DATABASES["default"])
    DATABASE_ROUTERS = ["config.replicas.Router"]
WEB_TURNS = max(1, env.int("WEB_TURNS", default=turns_at(DATABASES["default"], WEB_WORKERS)))
CACHES = caches_of(env.str("CACHE_URL", default=""))  # of kept pages, and of nothing that must last
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- people --------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "blog.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "blog.accounts.Accounts"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"
STAFF_SECOND_FACTOR_REQUIRED = env.bool("STAFF_SECOND_FACTOR_REQUIRED", default=False)
OTP_TOTP_ISSUER = SITE_NAME
# Ten failures of one account from one address stop that pair for 15 minutes; config/lockout.py says what else counts.
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # else each further try prolongs it, and grows the row
AXES_HANDLER = "config.lockout.LoginFailures"
AXES_CLIENT_IP_CALLABLE = "config.lockout.address"
AXES_LOCKOUT_CALLABLE = "config.lockout.locked_out"
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "code", "csrfmiddlewaretoken"]  # masked in kept requests
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# --- cookies and headers -------------------------------------------------------------------------------------
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SENDER_COOKIE_NAME = "__Host-sender" if HTTPS else "sender"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "blog.accounts"
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_FAILURE_VIEW = "moderation.refusals.csrf_failure"
CSRF_TRUSTED_ORIGINS = [SITE_URL] if HTTPS else []
SECURE_SSL_REDIRECT = HTTPS and env.bool("SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31536000 if HTTPS else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS and env.bool("HSTS_SUBDOMAINS", default=True)
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        **({"upgrade-insecure-requests": True} if HTTPS else {}),
    },
}
# Proxies whose X-Forwarded-For and X-Forwarded-Proto are believed: addresses or networks, as in 127.0.0.1,10.0.0.0/8.
TRUSTED_PROXIES = env.list("TRUSTED_PROXIES", default=[])
refuse_unreadable_proxies(TRUSTED_PROXIES)
USE_X_FORWARDED_HOST = False
if TRUSTED_PROXIES:
    # Believed from these peers only: config.middleware.forwarded drops the header that comes from anybody else.
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 5

# --- language and time ---------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
SEARCH_LANGUAGE = env.str("SEARCH_LANGUAGE", default="english")
TIME_ZONE = env.str("TIME_ZONE", default="UTC")
USE_TZ = True
USE_I18N = False
FORMAT_MODULE_PATH = None

# --- files ---------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
MEDIA_URL = "/media/"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(BASE_DIR / "var" / "media")))
STORAGES = {
    "default": storage_of(env.str("MEDIA_STORE", default="")),  # a bucket, or the folder above
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_ALLOW_ALL_ORIGINS = False  # no other site has business with our files

# --- mail ----------------------------------------------------------------------------------------------------
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
EMAIL_BACKEND = EMAIL_CONFIG["EMAIL_BACKEND"]
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("MAIL_FROM", default="Gatepost <noreply@localhost>")
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", default=45)  # seconds for each answer of the mail server
# On where mail can leave: a console is one only for a demo.
NOTICES_BY_MAIL = env.bool(
    "NOTICES_BY_MAIL",
    default=EMAIL_BACKEND.endswith("smtp.EmailBackend") or (DEBUG and EMAIL_BACKEND.endswith("console.EmailBackend")),
)
NOTIFY_AUTHORS = env.bool("NOTIFY_AUTHORS", default=True)
# Who writes which kind of mail, by dotted path: comments send, and what is decided about them is another storey's.
NOTICE_LETTERS = {
    "confirm": "comments.reply_mail.confirm",
    "reply": "comments.reply_mail.reply",
    "new_comment": "comments.reply_mail.new_comments",
    "decision": "moderation.decision_mail.decision",
    "digest": "moderation.digest.digest",
}

# --- background work -----------------------------------------------------------------------------------------
# Left out: the queue is a table of the database. redis://host:6379/0 or sqs://region, where there are several machines.
BROKER_URL = env.str("BROKER_URL", default="")
Q_CLUSTER = {
    "name": "gatepost",
    "label": "Background work",
    "workers": env.int("WORKERS", default=1),
    # A task is stopped after 5 minutes and handed out again after 6, should its worker have died; each may run twice.
    "timeout": 300,
    "retry": 360,
    "max_attempts": 3,
    # A failed task is done with: what it should have done stands in our own tables; the next minute's task finds it.
    "ack_failures": True,
    "catch_up": False,
    "poll": 2,  # seconds between two looks at an empty queue
    "queue_limit": 2,
    "save_limit": -1,  # what succeeded is not kept: our own tables say what was done
    "recycle": 200,
    "compress": False,
    **broker_of(BROKER_URL),
}

# --- the conversation ----------------------------------------------------------------------------------------
# Upward ways between the storeys are named here by dotted path; comments/checks.py proves at start that they resolve.
COMMENT_SCREENER = env.str("COMMENT_SCREENER", default="moderation.screening.screen")
COMMENT_DECIDER = "moderation.decisions.decide_by_sender"
COMMENT_GATE = "moderation.sanctions.refusal_for"
COMMENTS_MODERATION_MODE = env.str("COMMENTS_MODERATION_MODE", default="hold_new")
COMMENTS_CLOSE_AFTER_DAYS = env.int("COMMENTS_CLOSE_AFTER_DAYS", default=0)  # 0: never
COMMENTS_MAX_DEPTH = 64
COMMENTS_PAGE_SIZE = env.int("COMMENTS_PAGE_SIZE", default=100)
COMMENTS_MAX_REQUEST_BYTES = 65_536  # the door of comment addresses, before any parsing
COMMENTS_FORM_SECONDS = 24 * 3600  # a form older than this is shown again with its text
# Bursts and refill of the buckets at the door: (name, burst, seconds for one more).
COMMENTS_FLOOD_LIMITS = {
    "network": (env.int("COMMENTS_BURST_PER_NETWORK", default=10), 20),
    "post": (env.int("COMMENTS_BURST_PER_POST", default=120), 2),
    "site": (env.int("COMMENTS_BURST_PER_SITE", default=1200), 0.25),
    "report_network": (env.int("REPORTS_BURST_PER_NETWORK", default=6), 120),
    "report_comment": (env.int("REPORTS_BURST_PER_COMMENT", default=30), 60),
    "report_site": (env.int("REPORTS_BURST_PER_SITE", default=300), 2),
    "notice_network": (env.int("NOTICES_BURST_PER_NETWORK", default=3), 600),
    "notice_site": (env.int("NOTICES_BURST_PER_SITE", default=60), 60),
}
# How much of what the filter doubts people want to see: strict, normal or relaxed; moderation/strictness.py says what
# each stands for.
FILTER_STRICTNESS = env.str("FILTER_STRICTNESS", default="normal")
SCREENING_SECONDS = 2.0  # a screening that took longer than this decides nothing
SPAM_RETENTION_DAYS = env.int("SPAM_RETENTION_DAYS", default=90)
# Of what the machine decides, this share is checked blind; the larger one while too little is known about it.
AUDIT_SHARE = env.float("AUDIT_SHARE", default=0.05)
AUDIT_SHARE_ON_TRIAL = env.float("AUDIT_SHARE_ON_TRIAL", default=0.25)
AUTOMATION_TRIAL_CHECKS = env.int("AUTOMATION_TRIAL_CHECKS", default=60)
# The machine stops publishing, or filing as spam, when it may err more often than this, at 95 % confidence.
AUTOMATION_FALSE_PASS_LIMIT = env.float("AUTOMATION_FALSE_PASS_LIMIT", default=0.15)
AUTOMATION_FALSE_SPAM_LIMIT = env.float("AUTOMATION_FALSE_SPAM_LIMIT", default=0.15)
refuse_odd_shares(
    AUDIT_SHARE=AUDIT_SHARE,
    AUDIT_SHARE_ON_TRIAL=AUDIT_SHARE_ON_TRIAL,
    AUTOMATION_FALSE_PASS_LIMIT=AUTOMATION_FALSE_PASS_LIMIT,
    AUTOMATION_FALSE_SPAM_LIMIT=AUTOMATION_FALSE_SPAM_LIMIT,
)
TRANSPARENCY_PAGE = env.bool("TRANSPARENCY_PAGE", default=False)  # /transparency/, for everybody

# --- log -----------------------------------------------------------------------------------------------------
LOGGING = logs.to_stderr(env.str("LOG_LEVEL", default="INFO"))
# The product calls no third party and the tests prove it; this keeps Django's own check quiet about mail to admins.
ADMINS: list = []
