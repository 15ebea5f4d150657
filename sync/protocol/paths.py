"""Where a request goes. Layer: protocol."""

from __future__ import annotations

from typing import Final

CHALLENGE: Final = "/v1/auth/challenge"
TOKEN: Final = "/v1/auth/token"  # noqa: S105 - an address, not a secret
TEAMS: Final = "/v1/teams"
STATE: Final = "/v1/state"
PUSH: Final = "/v1/push"
PULL: Final = "/v1/pull"
MEMBERS: Final = "/v1/members"
BLOBS: Final = "/v1/blobs"
OPENAPI: Final = "/v1/openapi.json"
RELAY_NAME: Final = "relay.ourny"
"""Whom the certificate of a relay stands for that is found on a network and not by its address."""
JSON: Final = "application/json"
