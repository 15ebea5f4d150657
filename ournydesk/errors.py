"""What can go wrong at the desk, as one tree. Layer: errors, below everything.

::

    DeskError                  code            what the caller does
    ├─ Refused                 "refused.*"     tell the person; nothing is broken
    │  └─ BadInput             "refused.input" tell the person which file, place and value
    ├─ WrongPassphrase         "vault.key"     ask again
    ├─ AlreadyOpen             "vault.busy"    point at the other window
    ├─ NotAVault               "vault.none"    point at another folder
    ├─ Tampered                "vault.seal"    stop, keep the bytes, report; never retried
    ├─ Unreachable             "wire.away"     stay offline, retry later
    ├─ ProtocolFault           "wire.fault"    stop syncing, report
    └─ StoreBroken             "store.*"       close the vault, offer the backup

Errors carry facts. The sentence a person reads is made from ``code`` and ``facts`` at the edge:
``ui/messages.py`` for the windows, ``ournydesk/cli`` for the command line. A bug is not a DeskError.
"""

from __future__ import annotations


class DeskError(Exception):
    """Something the desk expected might happen. ``code`` is stable, dotted and safe to log."""

    code = "desk"

    def __init__(self, code: str | None = None, /, **facts: object) -> None:
        if code is not None:
            self.code = code
        self.facts = facts
        super().__init__(self.code, facts)

    def __str__(self) -> str:
        shown = ", ".join(f"{name}={value!r}" for name, value in self.facts.items())
        return f"{self.code}: {shown}" if shown else self.code


class Refused(DeskError):
    """The desk will not do this as asked; nothing is broken and nothing was lost."""

    code = "refused"


class BadInput(Refused):
    """A file or value from outside cannot be used. ``message`` says where and how to mend it."""

    code = "refused.input"

    def __init__(self, message: str, /, **facts: object) -> None:
        super().__init__(None, message=message, **facts)
        self.message = message

    def __str__(self) -> str:
        return self.message


class WrongPassphrase(DeskError):
    """The words do not open this vault; the vault itself is sound."""

    code = "vault.key"


class AlreadyOpen(DeskError):
    """Another window or process has this vault open."""

    code = "vault.busy"


class NotAVault(DeskError):
    """The folder holds no vault."""

    code = "vault.none"


class Tampered(DeskError):
    """Bytes failed authentication. Stop, keep them, report; never retry, never skip."""

    code = "vault.seal"


class Unreachable(DeskError):
    """The other end did not answer as our own server would. Stay offline and retry later."""

    code = "wire.away"


class ProtocolFault(DeskError):
    """The other end broke the protocol. Stop syncing and report."""

    code = "wire.fault"


class StoreBroken(DeskError):
    """The database on this laptop is damaged or cannot be written. Close it, offer the backup."""

    code = "store"
