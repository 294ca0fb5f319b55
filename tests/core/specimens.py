"""Models that exist in tests alone: one tracked with a sealed field, one append-only.

They live in an app registry of their own, so that no migration ever misses them.
"""

from django.db import models
from django.test.utils import isolate_apps

from core.ledger.append_only import AppendOnly
from core.ledger.history import StampedHistory, track
from core.ledger.tracked import TrackedManager
from core.vault import SealedField

PLACE = "core.Specimen.words"

with isolate_apps("core"):

    class Specimen(models.Model):
        name = models.CharField(max_length=40)
        seen = models.IntegerField(default=0)
        words = SealedField(place=PLACE, null=True)

        objects = TrackedManager()
        history = track(app="core", excluded_fields=["seen"])

        class Meta:
            app_label = "core"
            db_table = "test_specimen"

        def __str__(self) -> str:
            return f"specimen {self.pk}"

    class Entry(AppendOnly):
        name = models.CharField(max_length=40)

        class Meta:
            app_label = "core"
            db_table = "test_entry"

        def __str__(self) -> str:
            return f"entry {self.pk}"


History: type[StampedHistory] = Specimen.history.model
MODELS: tuple[type[models.Model], ...] = (Specimen, History, Entry)
EVERYDAY = Specimen._meta.db_table
APPEND_ONLY = (History._meta.db_table, Entry._meta.db_table)
