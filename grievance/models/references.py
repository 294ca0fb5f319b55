"""The name by which staff call a case. Says nothing of the person, the key or the order."""

import secrets

# Crockford's base 32: no I, L, O or U, so that it survives a telephone call.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 10


def new_reference() -> str:
    """Return a random reference such as R-7KQ4M-2XD9P (50 random bits)."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    return f"R-{letters[:5]}-{letters[5:]}"
