"""A clinic's relay on its own network, found by asking (mDNS, DNS-SD). Layer: sync.client.

Owns zeroconf. What is announced is a random id that lasts as long as the program runs, addresses and a
port: no name of a laptop, a team or a person. What answers is believed for its certificate only, which has to
stand for ``paths.RELAY_NAME`` under an authority the desk got with its invite: addresses change with every
router.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from ipaddress import IPv4Address
from typing import Final

import ifaddr
from zeroconf import ServiceBrowser, ServiceInfo, ServiceListener, Zeroconf

from ournydesk.domain.ids import is_id, new_id
from ournydesk.errors import BadInput

SERVICE: Final = "_ourny-relay._tcp.local."
MOST_FOUND: Final = 8
ANSWER_MS: Final = 1_000


def addresses_here() -> tuple[str, ...]:
    """The addresses of this laptop that others on its networks could reach; a laptop may have several."""
    found = (IPv4Address(str(ip.ip)) for adapter in ifaddr.get_adapters() for ip in adapter.ips if ip.is_IPv4)
    return tuple(str(one) for one in found if not one.is_loopback and not one.is_link_local)


@contextmanager
def announced(port: int, addresses: Sequence[str]) -> Iterator[str]:
    """Say on these addresses' networks that a relay listens here; the random id it is announced by.

    Raises BadInput where no network of theirs can be spoken to.
    """
    name = new_id()
    try:
        speaking = Zeroconf(interfaces=list(addresses))
    except OSError as error:
        raise BadInput("The relay cannot be announced on this network. Give desks its address.") from error
    try:
        info = ServiceInfo(
            SERVICE,
            f"{name}.{SERVICE}",
            port=port,
            addresses=[IPv4Address(one).packed for one in addresses],
            server=f"{name}.local.",
        )
        speaking.register_service(info)
        yield name
        speaking.unregister_service(info)
    finally:
        speaking.close()


def relays_nearby(seconds: float, interfaces: Sequence[str] = ()) -> tuple[str, ...]:
    """Where relays say that they listen, ``https://address:port`` each; waits no longer than this.

    ``interfaces``: only on these addresses' networks; on all of this laptop when not given.
    """
    try:
        asking = Zeroconf(interfaces=list(interfaces or addresses_here() or ("127.0.0.1",)))
    except OSError:  # no network at all
        return ()
    listener = _Heard()
    try:
        browser = ServiceBrowser(asking, SERVICE, listener)
        listener.first.wait(seconds)
        browser.cancel()
        found = [asking.get_service_info(SERVICE, name, ANSWER_MS) for name in listener.names[:MOST_FOUND]]
    finally:
        asking.close()
    return tuple(
        f"https://{address}:{info.port}"
        for info in found
        if info is not None
        for address in info.parsed_addresses()
        if _is_near(address)
    )


class _Heard(ServiceListener):
    """Names that were announced while it listened."""

    def __init__(self) -> None:
        self.first = threading.Event()
        self.names: list[str] = []

    def add_service(self, _zc: Zeroconf, _type: str, name: str) -> None:
        """One more; what is not named as ours are is nobody's relay."""
        if is_id(name.removesuffix(f".{SERVICE}")) and name not in self.names:
            self.names.append(name)
            self.first.set()

    def update_service(self, zc: Zeroconf, type_: str, name: str) -> None:
        """The same one again."""
        self.add_service(zc, type_, name)

    def remove_service(self, _zc: Zeroconf, _type: str, _name: str) -> None:
        """It says that it goes; whoever is connected finds out."""


def _is_near(address: str) -> bool:
    """An address of a clinic's own network: nobody makes desks call out into the world."""
    try:
        one = IPv4Address(address)
    except ValueError:
        return False
    return one.is_private
