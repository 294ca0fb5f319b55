"""The base of every typed refusal. Faces show the sentence and keep what was typed."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Refused(Exception):
    """A step that may not be done. `sentence` is whole, translated and safe to show.

    Subclasses stand beside the function that raises them. None carries a person's words.
    """

    sentence: str | Promise = _("This is not possible now.")

    def __str__(self) -> str:
        return str(self.sentence)
