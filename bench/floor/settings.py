"""Settings of the floor: three middleware, no applications, the database of the bench."""

import os

from config import env

SECRET_KEY = "the floor signs nothing that anybody relies on"  # noqa: S105
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1"]
ROOT_URLCONF = "bench.floor.app"
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]
INSTALLED_APPS: list[str] = []
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [os.path.join(os.path.dirname(__file__), "templates")],
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]
DATABASES = {"default": env.database(os.environ["DATABASE_URL"], variable="DATABASE_URL")}
# The same pool as the application under measurement.
DATABASES["default"]["OPTIONS"]["pool"] = {
    "min_size": 1,
    "max_size": int(os.environ.get("DATABASE_POOL_SIZE", "4")),
    "timeout": 10,
}
USE_I18N = False
USE_TZ = True
TIME_ZONE = "UTC"
