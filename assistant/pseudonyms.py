"""Pseudonyms of customers: the same person is recognised, and nobody without the key names them."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field

from assistant.messages import CustomerRef


@dataclass(frozen=True, slots=True)
class Pseudonyms:
    """Names customers by a keyed hash; whoever guesses customer numbers cannot check a guess."""

    key: bytes = field(repr=False)

    def of(self, customer: CustomerRef) -> str:
        """Return the pseudonym that the survey's quarantine counts by."""
        said = f"person\x1f{customer.customer_no}".encode()
        return hmac.new(self.key, said, hashlib.sha256).hexdigest()
