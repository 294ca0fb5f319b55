"""Which texts about remedies exist in several languages; history is registered after them."""

from __future__ import annotations

from modeltranslation.translator import TranslationOptions, register

from core.ledger.history import track_translated
from remedy.models import Playbook, RemedyKind


@register(RemedyKind)
class RemedyKindTranslation(TranslationOptions):
    """All that a person reads about a form of remedy; the source is one text for all."""

    fields = ("name", "plain_question", "examples")


@register(Playbook)
class PlaybookTranslation(TranslationOptions):
    """All that staff read while they work by it; the source is one text for all."""

    fields = (
        "name",
        "triggers",
        "steps",
        "interim",
        "who_decides",
        "referrals",
        "communication",
        "learning",
    )


for model in (RemedyKind, Playbook):
    track_translated(model, app="remedy")
