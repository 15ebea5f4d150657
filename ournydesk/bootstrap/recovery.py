"""The recovery kit of the open vault's team, put together. Layer: bootstrap."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from ournydesk.bootstrap.files import read_chosen, write_chosen
from ournydesk.clock import Clock
from ournydesk.crypto.passphrase import WordBook
from ournydesk.crypto.recovery import MOST_KIT, Kit, seal_kit
from ournydesk.domain.cosigning import Asked
from ournydesk.domain.documents import Printout
from ournydesk.domain.membership import UserId
from ournydesk.domain.recovery import Drilled, KitMade, KitStatus
from ournydesk.errors import BadInput, Refused
from ournydesk.ports import OpenVault
from ournydesk.services import cosigning, founding, recovery


class LaptopRecovery:
    """``ui.desk.RecoveryDesk`` on the vault that is open now."""

    def __init__(
        self,
        vault: Callable[[], OpenVault],
        words: WordBook,
        clock: Clock,
        seal: Callable[[Kit, str], bytes] = seal_kit,
    ) -> None:
        self._vault = vault
        self._words = words
        self._clock = clock
        self._seal = seal

    def status(self) -> KitStatus:
        """Where the team stands with its kit."""
        return recovery.status(self._vault(), self._words, self._clock)

    def new_words(self) -> tuple[str, ...]:
        """Twelve fresh words."""
        return recovery.new_words(self._words)

    def make(self, shown: Sequence[str], typed: Mapping[int, str], target: Path) -> KitMade:
        """Write a kit, prove it, and put it in force. Raises BadInput where such a file is already."""
        if target.exists():
            raise BadInput(f"{target.name} is there already: give the new file another name.")

        def keep(content: bytes) -> bytes:
            write_chosen(target, content)
            return read_chosen(target, MOST_KIT)

        try:
            return recovery.make(
                shown,
                typed,
                keep=keep,
                vault=self._vault(),
                words=self._words,
                clock=self._clock,
                seal=self._seal,
            )
        except BaseException:
            # A kit that never came into force opens nothing; it must not be taken for one that does.
            target.unlink(missing_ok=True)
            raise

    def copy(self, source: Path, target: Path) -> None:
        """The same file on the second stick, compared byte by byte. Raises BadInput."""
        if target.exists():
            raise BadInput(f"{target.name} is there already: choose the other stick, or another name.")
        content = read_chosen(source, MOST_KIT)
        write_chosen(target, content)
        if read_chosen(target, MOST_KIT) != content:
            raise BadInput("What was written is not what was to be written: use another stick.")

    def sheets(self) -> Printout:
        """The sheets for the kit's two holders; of a kit that waits for a signature when there is one."""
        from forms.paper import recovery_sheets  # noqa: PLC0415 - PDF libraries are loaded when a page is set

        vault, now = self._vault(), self.status()
        name = founding.view(vault, self._words).name
        made = None if now.waiting else now.made
        printed_at = self._clock.now().astimezone()
        return recovery_sheets.printout(name, now.waiting or now.name, made, printed_at)

    def drill(self, source: Path, words: str) -> Drilled:
        """Open a kit and look whether it opens what it should; nothing of it is kept. Raises BadInput."""
        return recovery.drill(
            read_chosen(source, MOST_KIT), words, vault=self._vault(), words=self._words, clock=self._clock
        )

    def finish(self) -> KitStatus:
        """Give the kit every key this desk can give it."""
        vault = self._vault()
        with vault.together():
            recovery.catch_up(vault)
        return self.status()

    def write_proposal(self, target: Path) -> KitStatus:
        """The file for the second person, of the kit that was made here."""
        proposal = recovery.propose_again(self._vault())
        if proposal is not None:
            write_chosen(target, proposal)
        return self.status()

    def let_manage(self, user: UserId, *, may: bool, target: Path | None) -> bool:
        """Give or take the right to let people in. True when it holds; else a file waits for a signature."""
        file = cosigning.let_manage(user, may=may, vault=self._vault())
        if file is not None and target is None:
            raise Refused("refused.member", why=cosigning.NEEDS_TWO)
        if file is not None and target is not None:
            write_chosen(target, file)
        return file is None

    def read_statement(self, source: Path) -> Asked | None:
        """What a colleague asks to be signed; None when one's own came home with both signatures."""
        vault = self._vault()
        found = cosigning.read(read_chosen(source, cosigning.MOST_FILE), vault=vault)
        if found is None:
            self.finish()
            return None
        return found.asked(vault, self._words)

    def sign_statement(self, source: Path, target: Path) -> None:
        """Sign what is in a file, and write the file that goes back. Raises BadInput."""
        vault = self._vault()
        found = cosigning.read(read_chosen(source, cosigning.MOST_FILE), vault=vault)
        if found is None:
            raise BadInput("This file has both signatures already.")
        write_chosen(target, cosigning.sign(found, vault=vault))
