"""How allauth keeps factors here: sealed, and named as the product names things."""

from allauth.mfa.adapter import DefaultMFAAdapter

from agencies.signing.vault import NotOurs, seal, unseal

PURPOSE = "factor"


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of factors lie sealed in the database."""

    def encrypt(self, text: str) -> str:
        """Seal a secret before it is stored."""
        return seal(text, purpose=PURPOSE)

    def decrypt(self, encrypted_text: str) -> str:
        """Read it again; what was not sealed here belongs to no factor, and matches no code."""
        try:
            return unseal(encrypted_text, purpose=PURPOSE)
        except NotOurs:
            return ""

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The name that the browser shows beside the host when it asks for a key."""
        return {**super().get_public_key_credential_rp_entity(), "name": "AAR"}
