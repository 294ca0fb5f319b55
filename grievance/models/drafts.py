"""What a person has typed so far. Readable only with the secret in that person's browser."""

from typing import ClassVar

from django.db import models


class Draft(models.Model):
    """An unsent grievance, or, for half an hour after sending, the receipt with the case key.

    `row_id` is a keyed hash of the browser's secret and `sealed` is sealed under that secret,
    so neither this table nor its backup tells anybody anything. No history is kept.
    """

    row_id = models.CharField(primary_key=True, max_length=64)
    sealed = models.BinaryField()
    expires_at = models.DateTimeField(db_index=True)
    submitted_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "draft"
        constraints: ClassVar = []

    def __str__(self) -> str:
        return "draft"
