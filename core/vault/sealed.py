"""A sealed value, and the model field that stores one.

`Sealed` is opaque on purpose. Templates, the admin, history pages, `repr`, logs and serialisers
all turn values into text without asking; whatever they do with this one, they get "sealed".
"""

import re
from typing import TYPE_CHECKING, Any, NoReturn
from uuid import UUID

from django.core import checks
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

VERSION = b"\x01"
KEY_ID_BYTES = 16
_HEADER = len(VERSION) + KEY_ID_BYTES
_SMALLEST = _HEADER + 12 + 16
_PLACE = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*){2}")


class NotSealedHere(Exception):
    """The value is damaged, or was sealed for another field or under another data key."""


class Sealed:
    """A token (version, data key id, nonce, ciphertext) and the place it is bound to."""

    __slots__ = ("_token", "place")

    def __init__(self, token: bytes, *, place: str) -> None:
        if len(token) < _SMALLEST or token[:1] != VERSION:
            raise NotSealedHere
        self._token = bytes(token)
        self.place = place

    @classmethod
    def from_parts(cls, key_id: UUID, envelope: bytes, *, place: str) -> "Sealed":
        """Build a value from the data key's id and its envelope."""
        return cls(VERSION + key_id.bytes + envelope, place=place)

    @property
    def key_id(self) -> UUID:
        """The id of the data key that opens this value."""
        return UUID(bytes=self._token[1:_HEADER])

    @property
    def envelope(self) -> bytes:
        """Nonce, ciphertext and tag."""
        return self._token[_HEADER:]

    @property
    def token(self) -> bytes:
        """What is stored: never clear text."""
        return self._token

    def under(self, *key_ids: UUID | None) -> "Sealed":
        """Return this value if it belongs to one of the given data keys, else NotSealedHere.

        A token names its own data key. Readers who know whose value they expect say so here;
        otherwise a token copied from one record's row into another's would open there.
        """
        if self.key_id not in key_ids:
            raise NotSealedHere
        return self

    def __str__(self) -> str:
        return "sealed"

    __repr__ = __str__

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sealed):
            return NotImplemented
        return self._token == other._token and self.place == other.place

    __hash__ = None  # type: ignore[assignment]

    def __copy__(self) -> "Sealed":
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> "Sealed":
        return self

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        # A pickle would carry sealed values into caches and queues that no erasure reaches.
        raise TypeError("A sealed value cannot be pickled.")


if TYPE_CHECKING:
    _Base = models.BinaryField[Sealed | None, Sealed | None]
else:
    _Base = models.BinaryField


class SealedField(_Base):
    """A bytea column of Sealed values bound to `place` ("app.Model.field").

    The place is written out and kept in migrations, not derived from the model: a history copy of
    the field has another model but the same place, and a renamed model must still open old rows.
    """

    description = _("Sealed text")
    empty_strings_allowed = False

    if TYPE_CHECKING:
        _pyi_private_set_type: Sealed
        _pyi_private_get_type: Sealed  # type: ignore[assignment]

    def __init__(self, *args: Any, place: str, **kwargs: Any) -> None:
        self.place = place
        # Editable, so that history's differences show that it changed; it has no form field.
        kwargs["editable"] = True
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        kwargs["place"] = self.place
        return name, path, list(args), kwargs

    def check(self, **kwargs: Any) -> list[checks.CheckMessage]:
        found = super().check(**kwargs)
        if not _PLACE.fullmatch(self.place):
            found.append(
                checks.Error(
                    "SealedField.place must read like 'app.Model.field'.", obj=self, id="core.E020"
                )
            )
        return found

    def get_lookup(self, lookup_name: str) -> Any:
        # Equal texts have different tokens: any comparison but "is there one" would silently
        # find nothing.
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def from_db_value(self, value: bytes | None, *args: object) -> Sealed | None:
        return None if value is None else Sealed(bytes(value), place=self.place)

    def to_python(self, value: Any) -> Sealed | None:
        if value is None or isinstance(value, Sealed):
            return value
        raise ValidationError(_("This value can only be sealed by the vault."), code="not_sealed")

    def get_prep_value(self, value: Any) -> bytes | None:
        if value is None:
            return None
        if not isinstance(value, Sealed):
            # The message must not repeat the value: it may be somebody's words in clear.
            raise TypeError(f"{self.place} takes sealed values only.")
        if value.place != self.place:
            raise NotSealedHere
        return value.token

    def value_to_string(self, obj: models.Model) -> str:
        return "" if self.value_from_object(obj) is None else "sealed"

    def formfield(self, *args: Any, **kwargs: Any) -> None:
        """No form ever shows or takes a sealed value."""
        return None
