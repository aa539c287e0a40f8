"""A device with passkeys, in software: it makes keys and signs as an authenticator does, or as one must not."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256
from os import urandom
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

UP, UV, AT = 1, 4, 64


def spelled(content: bytes) -> str:
    return urlsafe_b64encode(content).rstrip(b"=").decode()


class Device:
    """One key on one device. `verifies`: it asks for finger or PIN; `counts`: it counts how often it signed."""

    def __init__(self, origin: str = "http://testserver", *, verifies: bool = True, counts: bool = True) -> None:
        self.origin, self.verifies, self.counts = origin, verifies, counts
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = urandom(32)
        self.count = 0
        self.user = b""

    def _flags(self) -> int:
        self.count += self.counts
        return UP | (UV if self.verifies else 0)

    def _client(self, kind: str, options: dict[str, Any]) -> bytes:
        said = {"type": f"webauthn.{kind}", "challenge": options["challenge"], "origin": self.origin}
        return json.dumps(said).encode()

    def make(self, options: dict[str, Any]) -> str:
        """What it answers when it is asked for a new key."""
        user: str = options["user"]["id"]
        self.user = urlsafe_b64decode(user + "=" * (-len(user) % 4))
        credential = AttestedCredentialData.create(
            Aaguid.NONE, self.id, ES256.from_cryptography_key(self.key.public_key())
        )
        flags = self._flags() | AT
        data = AuthenticatorData.create(
            sha256(options["rp"]["id"].encode()).digest(), AuthenticatorData.FLAG(flags), self.count, credential
        )
        made = AttestationObject.create("none", data, {})
        return self._answer(clientDataJSON=self._client("create", options), attestationObject=bytes(made))

    def sign(self, options: dict[str, Any]) -> str:
        """What it answers when it is asked who is there."""
        flags = AuthenticatorData.FLAG(self._flags())
        data = AuthenticatorData.create(sha256(options["rpId"].encode()).digest(), flags, self.count)
        client = self._client("get", options)
        signature = self.key.sign(data + sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._answer(
            clientDataJSON=client, authenticatorData=bytes(data), signature=signature, userHandle=self.user
        )

    def _answer(self, **response: bytes) -> str:
        told = {name: spelled(value) for name, value in response.items()}
        return json.dumps(
            {
                "id": spelled(self.id),
                "rawId": spelled(self.id),
                "type": "public-key",
                "response": told,
                "clientExtensionResults": {},
            }
        )
