"""Which texts of the catalogue exist in several languages.

History is registered here and not in the models: before translation has added its columns, a
history table would miss every one of them.
"""

from __future__ import annotations

from modeltranslation.translator import TranslationOptions, register

from core.ledger.history import track_translated
from stakeholders.models import Issue, Mechanism, SupplierMechanism, Team


@register(Team)
class TeamTranslation(TranslationOptions):
    """A team's name."""

    fields = ("name",)


@register(Issue)
class IssueTranslation(TranslationOptions):
    """An issue's name and definition."""

    fields = ("name", "definition")


@register(Mechanism)
class MechanismTranslation(TranslationOptions):
    """A body's name and what staff and sources say about it."""

    fields = ("name", "notes", "danger_note")


@register(SupplierMechanism)
class SupplierMechanismTranslation(TranslationOptions):
    """What a person is told about a partner's own mechanism."""

    fields = ("how_to_use",)


for model in (Team, Issue, Mechanism, SupplierMechanism):
    track_translated(model, app="stakeholders")
