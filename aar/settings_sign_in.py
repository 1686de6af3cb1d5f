"""Settings of the door: sign-in, second factor, sessions, cookies, and headers that guard them."""

from aar import env

BEHIND_TLS = env.flag("BEHIND_TLS", default=True)
# How many proxies before the product add to X-Forwarded-For; the address of a person is read there.
TRUSTED_PROXIES = env.number("TRUSTED_PROXIES", default=1 if BEHIND_TLS else 0)

AUTH_USER_MODEL = "agencies.User"
AUTHENTICATION_BACKENDS = ["agencies.backends.PersonBackend"]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign_in"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "agencies.passwords.GuessablePasswordValidator"},
]

# Who can approve, release or administer, and who watches: nothing opens to them without a factor.
MFA_REQUIRED_ROLES = env.words(
    "MFA_REQUIRED_ROLES", "COMMANDER,RELEASE_OFFICER,AGENCY_ADMIN,SYSTEM_ADMIN,AUDITOR"
)
# Minutes without a click until the session ends: of the roles above, and of everybody else.
SESSION_IDLE_MINUTES_PRIVILEGED = env.number("SESSION_IDLE_MINUTES_PRIVILEGED", default=30)
SESSION_IDLE_MINUTES = env.number("SESSION_IDLE_MINUTES", default=120)
# Hours after the sign-in until the session ends, whatever is being done.
SESSION_HOURS = env.number("SESSION_HOURS", default=12)
# How old the last proof of the person may be where a grave act asks for a fresh one.
FRESH_MINUTES = env.number("FRESH_MINUTES", default=5)

# The row outlives both limits for a day, so that what was typed can be kept for its owner.
SESSION_COOKIE_AGE = 60 * 60 * (SESSION_HOURS + 24)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = BEHIND_TLS
CSRF_COOKIE_SECURE = BEHIND_TLS
LANGUAGE_COOKIE_SECURE = BEHIND_TLS
LANGUAGE_COOKIE_SAMESITE = "Lax"
# A browser takes a `__Host-` cookie only over TLS, for this very host and all its paths.
COOKIE_PREFIX = "__Host-" if BEHIND_TLS else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}session"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrf"
LANGUAGE_COOKIE_NAME = f"{COOKIE_PREFIX}language"
DEVICE_COOKIE_NAME = f"{COOKIE_PREFIX}device"
# No cookie of its own for messages: they lie in the session.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = BEHIND_TLS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if BEHIND_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = BEHIND_TLS
SECURE_HSTS_PRELOAD = BEHIND_TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None

# allauth keeps factors and sessions; its pages, sign-up, e-mails and resets are not wired up.
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False
MFA_ADAPTER = "agencies.signing.mfa.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "AAR"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODE_COUNT = 10
MFA_RECOVERY_CODE_DIGITS = 10
MFA_WEBAUTHN_USER_VERIFICATION = "preferred"
