"""An open visit: a person who has shown the case key and may read the case for a while."""

from django.db import models

from grievance.models.case import Case


class CaseVisit(models.Model):
    """Half an hour of access to one case. Holds a digest of the browser's token, no address."""

    token_digest = models.BinaryField(primary_key=True, max_length=32)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+")
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "visit"

    def __str__(self) -> str:
        return "visit"
