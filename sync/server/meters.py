"""Counts for the operator. Layer: sync.server; no name of a team, a device or a record in any of them."""

from __future__ import annotations

import os
from collections.abc import Iterable

from prometheus_client import CollectorRegistry, Counter, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from sync.protocol.messages import OpResult
from sync.server.workers import SHARED_METERS


class Meters:
    """What Prometheus reads."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._pushed = Counter(
            "ourny_operations", "Operations pushed, by result.", ["said"], registry=self._registry
        )
        self._refused = Counter(
            "ourny_refused", "Requests not served, by code.", ["code"], registry=self._registry
        )

    def pushed(self, results: Iterable[OpResult]) -> None:
        """Count what became of operations."""
        for result in results:
            self._pushed.labels(said=result.said).inc()

    def refused(self, code: str) -> None:
        """Count a request that was not served."""
        self._refused.labels(code=code).inc()

    def text(self) -> bytes:
        """All of it in Prometheus' text format, of all workers together."""
        registry = self._registry
        if SHARED_METERS in os.environ:
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # it ships half its types
        text: bytes = generate_latest(registry)
        return text
