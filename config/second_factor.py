"""Where the secrets of authenticator apps are kept: sealed, not in clear as allauth would."""

from allauth.mfa.adapter import DefaultMFAAdapter

from core.vault.house_secrets import open_house_secret, seal_house_secret

_LABEL = "second factor"


class SealedFactors(DefaultMFAAdapter):
    """allauth's adapter with sealed secrets."""

    def encrypt(self, text: str) -> str:
        """Seal a secret before it is stored."""
        return seal_house_secret(text, label=_LABEL)

    def decrypt(self, encrypted_text: str) -> str:
        """Open a stored secret."""
        return open_house_secret(encrypted_text, label=_LABEL)
