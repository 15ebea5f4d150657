"""How the open vault's bytes leave and come, put together. Layer: bootstrap."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, TypeVar, cast

from ournydesk.bootstrap.files import read_chosen, write_chosen
from ournydesk.clock import Clock
from ournydesk.crypto.passphrase import WordBook
from ournydesk.domain.ids import IntakeId
from ournydesk.domain.intake import IntakeRow
from ournydesk.domain.wire import Reach, WireView
from ournydesk.errors import Refused
from ournydesk.ports import OpenVault
from ournydesk.services import courier, membership, reading_log, records, seating, troubles
from ournydesk.services.syncing import TeamReplica
from sync.client import engine
from sync.client.engine import Ended, Round
from sync.client.replica import Replica
from sync.client.transport import connected
from sync.protocol.paths import RELAY_NAME
from ui.desk import OnVault

T = TypeVar("T")
MOST_PEM: Final = 256 * 1024
AUTHORITY: Final = "sync.relay.authority"
FOUND: Final = "sync.relay.found"
LOOK_S: Final = 3.0
REACHES: Final = {
    Ended.DONE: Reach.REACHED,
    Ended.SLOW_DOWN: Reach.BUSY,
    Ended.AWAY: Reach.AWAY,
    Ended.NOT_OURS: Reach.WRONG_SERVER,
    Ended.SHUT_OUT: Reach.SHUT_OUT,
    Ended.ALARM: Reach.ALARM,
}


class LaptopWire:
    """``ui.desk.WireDesk`` on the vault that is open now."""

    def __init__(
        self,
        vault: Callable[[], OpenVault],
        words: WordBook,
        clock: Clock,
        look: Callable[[], tuple[str, ...]] | None = None,
    ) -> None:
        self._vault = vault
        self._words = words
        self._clock = clock
        self._look = look if look is not None else _look
        """Where relays say that they are, on this network."""

    def wire(self) -> WireView:
        """How this desk stands."""
        return troubles.view(self._vault(), self._words)

    def hand_over(self, intake: IntakeId, words: str) -> IntakeRow:
        """Give an intake to the legal team."""
        vault = self._vault()
        records.hand_over(intake, words, vault=vault, clock=self._clock)
        return vault.intakes.row(intake)

    def use_relay(self, address: str, authority: Path | None) -> WireView:
        """Remember the clinic's relay; an empty address forgets it."""
        vault = self._vault()
        pem = read_chosen(authority, MOST_PEM).decode("ascii", "replace") if authority is not None else ""
        with vault.together():
            vault.preferences.set(troubles.RELAY, address)
            vault.preferences.set(AUTHORITY, pem)
        return self.wire()

    def sync(self, on_vault: OnVault) -> WireView:
        """One round with the relay and one with the server, whichever is known.

        Raises Refused("refused.locked") when the vault is closed meanwhile: nothing is lost by that.
        """
        vault = on_vault(self._vault)
        on_vault = _WhileOpen(self._vault, vault, on_vault)
        replica = cast("Replica", _OnLane(TeamReplica(vault=vault, clock=self._clock), on_vault))
        identity = on_vault(lambda: membership.identity_of(vault))
        on_vault(lambda: records.seal_all(vault=vault, clock=self._clock))
        on_vault(lambda: reading_log.seal_past_days(vault=vault, clock=self._clock))
        relay = on_vault(lambda: vault.preferences.get(troubles.RELAY))
        pem = on_vault(lambda: vault.preferences.get(AUTHORITY))
        asked_s = 0
        for where, address, authority in (
            (troubles.RELAY, relay, pem.encode("ascii")),
            (troubles.SERVER, identity.server, identity.authority),
        ):
            if where == troubles.SERVER and on_vault(lambda: troubles.forked(vault)):
                # Two logs were shown: nothing more is sent or believed until a person has dealt with it.
                on_vault(
                    lambda: troubles.reached(where, Reach.ALARM, vault=vault, clock=self._clock)  # noqa: B023 - called now
                )
            elif address:
                if address == troubles.NEARBY:
                    told = self._round_nearby(replica, authority or identity.authority, on_vault)
                else:
                    with connected(address, authority) as transport:
                        told = engine.run(replica, transport)
                reach, asked_s = REACHES[told.ended], max(asked_s, told.retry_after_s)
                on_vault(
                    lambda where=where, reach=reach: troubles.reached(  # type: ignore[misc]  # bound now
                        where, reach, vault=vault, clock=self._clock
                    )
                )
        on_vault(lambda: seating.refresh(vault))
        return replace(on_vault(self.wire), asked_s=asked_s)

    def _round_nearby(self, replica: Replica, authority: bytes, on_vault: OnVault) -> Round:
        """One round with a relay of this network that proves to be one of ours; the last one first."""
        if not authority:
            return Round(ended=Ended.AWAY)  # without an authority anybody could say that they are the relay
        vault = on_vault(self._vault)
        last = on_vault(lambda: vault.preferences.get(FOUND))
        for address in self._candidates(last):
            with connected(address, authority, RELAY_NAME) as transport:
                told = engine.run(replica, transport)
            if told.ended not in {Ended.AWAY, Ended.NOT_OURS}:
                if address != last:
                    on_vault(lambda: vault.preferences.set(FOUND, address))  # noqa: B023 - called now
                return told
        return Round(ended=Ended.AWAY)

    def _candidates(self, last: str) -> Iterator[str]:
        """Where to try: where one was found before, then where others say that they are."""
        if last:
            yield last
        yield from (address for address in self._look() if address != last)

    def write_courier(self, target: Path) -> int:
        """Everything that waits into one file."""
        vault = self._vault()
        content, operations = courier.pack(vault=vault, clock=self._clock)
        write_chosen(target, content)
        courier.handed_on(operations, vault=vault, clock=self._clock)
        return len(operations)

    def read_courier(self, source: Path) -> int:
        """What a file or an ``outgoing`` folder brings."""
        vault = self._vault()
        # Choosers of files choose no folder: any piece of an ``outgoing`` folder stands for all of it.
        beside = {courier.MIRRORED, courier.MIRRORED_PART}
        source = source.parent if source.suffix in beside else source
        if source.is_dir():
            taken = courier.unpack_folder(source, vault=vault, clock=self._clock)
        else:
            content = read_chosen(source, courier.MOST_FILE)
            taken = courier.unpack(content, vault=vault, clock=self._clock)
        seating.refresh(vault)
        return len(taken)


def _look() -> tuple[str, ...]:
    from sync.client.nearby import relays_nearby  # noqa: PLC0415 - only where one has to be looked for

    return relays_nearby(LOOK_S)


class _WhileOpen:
    """Runs work on the vault's lane as long as the vault is still the one the round began with."""

    def __init__(self, present: Callable[[], OpenVault], vault: OpenVault, on_vault: OnVault) -> None:
        self._present, self._vault, self._on_vault = present, vault, on_vault

    def __call__(self, work: Callable[[], T]) -> T:
        def guarded() -> T:
            if self._present() is not self._vault:
                raise Refused("refused.locked")
            return work()

        return self._on_vault(guarded)


class _OnLane:
    """A replica whose every method runs where its vault lives, while this thread waits."""

    def __init__(self, replica: TeamReplica, on_vault: OnVault) -> None:
        self._replica = replica
        self._on_vault = on_vault

    def __getattr__(self, name: str) -> Callable[..., Any]:
        method = getattr(self._replica, name)
        return lambda *given: self._on_vault(lambda: method(*given))


def satisfied(replica: TeamReplica) -> Replica:
    """What the engine asks for; the type checker reads this line."""
    return replica
