"""The Celery application and its schedule.

The schedule stands in code: nobody can switch a deadline off by editing a row. Every task is a
sweep over rows that are due, so a lost or doubled run costs a minute and never a message.
"""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("redress")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["grievance"])

app.conf.beat_schedule = {
    "deliver-notices": {
        "task": "grievance.tasks.deliver_notices",
        "schedule": 30.0,
        "options": {"expires": 25},  # a queue that stood still must not run the same sweep twice
    },
    "sweep-clocks": {
        "task": "grievance.tasks.sweep_clocks",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
    "recompute-clocks": {
        "task": "grievance.tasks.recompute_clocks",
        "schedule": 15 * 60.0,
        "options": {"expires": 14 * 60},
    },
    "watch-outbox": {
        "task": "grievance.tasks.watch_outbox",
        "schedule": 60.0,
        "options": {"expires": 55},
    },
    "expire-consents": {
        "task": "grievance.tasks.expire_consents",
        "schedule": 15 * 60.0,
        "options": {"expires": 14 * 60},
    },
    "remind-of-reviews": {
        "task": "grievance.tasks.remind_of_reviews",
        "schedule": 60 * 60.0,
        "options": {"expires": 55 * 60},
    },
    "purge-expired": {
        "task": "grievance.tasks.purge_expired",
        "schedule": 15 * 60.0,
        "options": {"expires": 14 * 60},
    },
}
