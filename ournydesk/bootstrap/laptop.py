"""The desk on this laptop. Layer: bootstrap.

What draws paper, talks to servers, reads spreadsheets and knows the
law is imported where it is first needed, on its lane: a window that opens before all of it is loaded opens
in half the time.
"""
# ruff: noqa: PLC0415 - see the docstring

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ournydesk.clock import Clock, SystemClock
from ournydesk.config import Settings
from ournydesk.errors import BadInput, DeskError, Refused
from ournydesk.services import vault
from ournydesk.store.vaults import LaptopVaults

if TYPE_CHECKING:
    from datetime import date, datetime

    from forms.paper.preview import Pages
    from ournydesk.bootstrap.attached import LaptopAttached
    from ournydesk.bootstrap.batches import LaptopBatches
    from ournydesk.bootstrap.cases import LaptopCases
    from ournydesk.bootstrap.exposure import LaptopExposure
    from ournydesk.bootstrap.papers import LaptopPapers
    from ournydesk.bootstrap.recovery import LaptopRecovery
    from ournydesk.bootstrap.seats import LaptopSeats
    from ournydesk.bootstrap.team import LaptopTeam
    from ournydesk.bootstrap.where import LaptopWhere
    from ournydesk.bootstrap.wire import LaptopWire
    from ournydesk.crypto.passphrase import WordBook
    from ournydesk.domain.answers import AnswerEvent
    from ournydesk.domain.documents import BlankCard, PageImage, Printout
    from ournydesk.domain.form_version import FormVersion
    from ournydesk.domain.ids import IntakeId, VaultId
    from ournydesk.domain.intake import IntakeRow, Progress
    from ournydesk.domain.vault import VaultCard
    from ournydesk.ports import OpenVault, Vaults
    from ournydesk.services.intakes import OpenedIntake
    from ui.desk import FormChoice


class LaptopDesk:
    """What the screens ask for, on this laptop. An open vault belongs to the thread that unlocked it."""

    def __init__(self, settings: Settings, clock: Clock, vaults: Vaults | None = None) -> None:
        self._vaults = vaults if vaults is not None else LaptopVaults(settings.vaults)
        self._here = settings.vaults
        self._clock = clock
        self._attempts = vault.Attempts()
        self._open: OpenVault | None = None
        self._pages: tuple[bytes, Pages] | None = None
        self._cases: LaptopCases | None = None

    @classmethod
    def on(cls, opened: OpenVault, clock: Clock) -> LaptopDesk:
        """A desk around a vault that somebody else opened and will close: for the command line."""
        made = cls(Settings(data=Path()), clock)
        made._open = opened
        return made

    @cached_property
    def _words(self) -> WordBook:
        from ournydesk.crypto.passphrase import WordBook

        return WordBook.bundled()

    # -- vaults -------------------------------------------------------------------------------------

    def vaults(self) -> tuple[VaultCard, ...]:
        """The vaults on this laptop."""
        return self._vaults.cards()

    def new_words(self) -> tuple[str, ...]:
        """Six fresh words."""
        return vault.new_words(words=self._words)

    def word_known(self, word: str) -> bool:
        """Whether a word is on the public list."""
        return self._words.known(word)

    def create_vault(self, name: str, passphrase: str) -> VaultCard:
        """A new vault, proven by reopening it."""
        return vault.create(name, passphrase, vaults=self._vaults, words=self._words)

    def unlock(self, vault_id: VaultId, passphrase: str) -> None:
        """Open a vault in place of the one before."""
        self.lock()
        opened = vault.unlock(vault_id, passphrase, vaults=self._vaults, attempts=self._attempts)
        try:
            vault.look_over(opened=opened, clock=self._clock)
        except DeskError:
            opened.close()
            raise
        self._open = opened
        if self._open.membership.identity() is not None:
            from ournydesk.services import seating

            seating.refresh(self._open)

    def change_words(self, old: str, new: str) -> None:
        """Other words for the open vault."""
        vault.change_passphrase(old, new, opened=self._vault, words=self._words)

    def back_up(self, target: Path) -> None:
        """The open vault as one encrypted file."""
        vault.backup(target, opened=self._vault, clock=self._clock)

    def restore(self, bundle: Path, passphrase: str) -> VaultCard:
        """A vault from a backup."""
        return self._vaults.restore(bundle, passphrase)

    def pin_chosen(self) -> bool:
        """Whether six digits for breaks were chosen."""
        from ournydesk.services import pin

        return pin.chosen(self._vault)

    def choose_pin(self, digits: str) -> None:
        """Choose them."""
        from ournydesk.services import pin

        pin.choose(digits, vault=self._vault)

    def pin_fits(self, digits: str) -> bool:
        """Whether these are the ones."""
        from ournydesk.services import pin

        return pin.fits(digits, vault=self._vault)

    def lock(self) -> None:
        """Close the open vault."""
        opened, self._open = self._open, None
        self._cases = None
        self._forget_pages()
        if opened is not None:
            try:
                self._seal(opened)
            finally:
                opened.close()

    def _forget_pages(self) -> None:
        """Close the paper that was looked at."""
        pages, self._pages = self._pages, None
        if pages is not None:
            pages[1].close()

    def _seal(self, opened: OpenVault) -> None:
        """What was typed is sealed and mirrored before the words are needed again: they may be forgotten."""
        if opened.membership.identity() is None:
            return
        from ournydesk.services import records

        try:
            records.seal_all(vault=opened, clock=self._clock)
        except DeskError:
            # Locking comes first, whatever the disk or the team says; the answers are in the vault.
            return

    # -- with others --------------------------------------------------------------------------------

    @property
    def cases(self) -> LaptopCases:
        """The cases of the open vault."""
        from ournydesk.bootstrap.cases import LaptopCases

        if self._cases is None:
            self._cases = LaptopCases(lambda: self._vault, self._clock)
        return self._cases

    @property
    def team(self) -> LaptopTeam:
        """The team of the open vault."""
        from ournydesk.bootstrap.team import LaptopTeam

        return LaptopTeam(lambda: self._vault, self._words, self._clock)

    @property
    def recovery(self) -> LaptopRecovery:
        """The recovery kit of the open vault's team."""
        from ournydesk.bootstrap.recovery import LaptopRecovery

        return LaptopRecovery(lambda: self._vault, self._words, self._clock)

    @property
    def seats(self) -> LaptopSeats:
        """The seats of the team's clinics."""
        from ournydesk.bootstrap.seats import LaptopSeats

        beside = self._vaults
        made = LaptopSeats(lambda: self._vault, self._words, self._clock, self._here)
        if isinstance(beside, LaptopVaults):
            made.vaults_in = beside.beside
        return made

    @property
    def exposures(self) -> LaptopExposure:
        """What other desks could open."""
        from ournydesk.bootstrap.exposure import LaptopExposure

        return LaptopExposure(lambda: self._vault, self.cases, self._clock)

    @property
    def wire(self) -> LaptopWire:
        """How the open vault's bytes leave and come."""
        from ournydesk.bootstrap.wire import LaptopWire

        return LaptopWire(lambda: self._vault, self._words, self._clock)

    @property
    def attached(self) -> LaptopAttached:
        """Documents of the open vault's records."""
        from ournydesk.bootstrap.attached import LaptopAttached

        return LaptopAttached(lambda: self._vault, self._clock)

    @property
    def where(self) -> LaptopWhere:
        """Where everything of the open vault is."""
        from ournydesk.bootstrap.where import LaptopWhere

        return LaptopWhere(lambda: self._vault, self._words, self._clock)

    @property
    def batches(self) -> LaptopBatches:
        """Batches of the open vault's cases."""
        from ournydesk.bootstrap.batches import LaptopBatches

        def draw(opened: OpenedIntake) -> bytes:
            return self.papers.drawn(opened).pdf

        return LaptopBatches(self.cases, draw, self._words, self._clock)

    # -- intakes ------------------------------------------------------------------------------------

    def sent_forms(self) -> tuple[FormVersion, ...]:
        """What the open vault's team was sent."""
        from ournydesk.services import publishing

        return publishing.forms(self._vault)

    def form_choices(self, sent: tuple[FormVersion, ...]) -> tuple[FormChoice, ...]:
        """The forms of the library and those that were sent, compiled now: starting one does not wait."""
        from forms.engine import load_form
        from forms.library import library
        from ournydesk.bootstrap.library import form_version
        from ui.desk import FormChoice

        own = [version for entry in library() if (version := form_version(entry.id)) is not None]
        wanted = {version.id: version for version in own}
        for version in sent:
            if version.id not in wanted or not wanted[version.id].follows(version):
                wanted[version.id] = version
        choices = []
        for version in wanted.values():
            form = load_form(version.xml, version.files)
            from_team = "" if version in own else version.version
            choices.append(
                FormChoice(id=form.id, title=form.title, languages=form.languages, from_team=from_team)
            )
        return tuple(choices)

    def intakes(self) -> tuple[IntakeRow, ...]:
        """The open vault's intakes."""
        from ournydesk.services import intakes

        return intakes.rows(intakes=self._vault.intakes)

    def start_intake(self, form: str, language: str) -> IntakeId:
        """A new intake."""
        from ournydesk.bootstrap.library import form_version
        from ournydesk.services import intakes, publishing, seating

        opened = self._vault
        seating.check_may_begin(vault=opened, clock=self._clock)
        version = publishing.form_to_start(form, form_version(form), vault=opened)
        head = intakes.start_intake(
            version, language, intakes=opened.intakes, forms=opened.forms, clock=self._clock
        )
        return head.id

    def open_intake(self, intake: IntakeId) -> OpenedIntake:
        """An intake as it was last saved."""
        from forms.engine import load_form
        from ournydesk.services import intakes

        opened = self._vault
        return intakes.open_intake(intake, intakes=opened.intakes, forms=opened.forms, load=load_form)

    def record(self, intake: IntakeId, events: Sequence[AnswerEvent], progress: Progress) -> datetime:
        """Save events."""
        from ournydesk.services import answers, seating

        head = self._vault.intakes.row(intake).head
        seating.check_may_change(head, vault=self._vault, clock=self._clock)
        return answers.record(intake, events, progress, intakes=self._vault.intakes, clock=self._clock)

    def decline(self, intake: IntakeId) -> int:
        """The client said no."""
        from ournydesk.services import intakes

        return intakes.decline(intake, intakes=self._vault.intakes)

    # -- papers -------------------------------------------------------------------------------------

    def blank(self, form_id: str) -> BlankCard | None:
        """The agency's blank of an intake form."""
        from ournydesk.services import papers

        wanted = papers.official_form(form_id)
        cards = [card for card in self._vault.blanks.cards() if card.form == wanted]
        return cards[0] if cards else None

    def import_blank(self, path: Path) -> BlankCard:
        """Check a blank and keep it."""
        from forms.paper import blank as blanks
        from ournydesk.services import papers

        untrusted = read_blank(path)
        return papers.import_blank(
            untrusted, inspect=blanks.card, blanks=self._vault.blanks, clock=self._clock
        )

    @property
    def papers(self) -> LaptopPapers:
        """Editions, and the papers that are not a client's."""
        from ournydesk.bootstrap.papers import LaptopPapers

        return LaptopPapers(lambda: self._vault, self._clock, self.open_intake)

    def official(self, intake: IntakeId, reason: str = "") -> Printout:
        """The agency's form, filled; of an edition that is over only with an attorney's reason."""
        return self.papers.official(intake, reason)()

    def packet(self, intake: IntakeId) -> Printout:
        """The packet in two languages, with the attorney's sheet."""
        return self.papers.packet(intake)()

    def take_home(self, intake: IntakeId, *, safe_to_carry: bool, by: date | None, where: str) -> Printout:
        """The page a client takes home after an attorney's decision."""
        from forms.engine import language_code
        from forms.paper import takehome
        from ournydesk.domain.operations import RecordId
        from ournydesk.domain.takehome import take_home

        record = RecordId(intake)
        here = any(row.id == record for row in self.cases.cases())
        decisions = self.cases.case(record).decisions if here else ()
        language = language_code(self.open_intake(intake).head.language)
        page = take_home(decisions, language, safe_to_carry=safe_to_carry, by=by, where=where)
        return takehome.printout(page)

    def empty_copy(self, intake: IntakeId) -> Printout:
        """The intake's own form as empty paper, in the client's language where it has that."""
        from forms.engine import language_code
        from forms.library.copying import paper_copy
        from forms.paper import copies

        opened = self.open_intake(intake)
        return copies.printout(
            paper_copy(opened.form, language_code(opened.head.language), self._clock.now())
        )

    def page(self, pdf: bytes, index: int, scale: float) -> PageImage:
        """One page as a picture; the file stays open while its pages are asked for."""
        from forms.paper.preview import Pages

        if self._pages is None or self._pages[0] is not pdf:
            self._forget_pages()
            self._pages = (pdf, Pages(pdf))
        return self._pages[1].render(index, scale)

    @property
    def _vault(self) -> OpenVault:
        if self._open is None:
            raise Refused("refused.locked")
        return self._open


def read_blank(path: Path) -> bytes:
    """A blank's bytes. Raises BadInput for a file that cannot be read."""
    try:
        if not path.is_file():
            raise BadInput(
                f"{path.name} is not a file. Choose the PDF that was saved from the agency's site."
            )
        return path.read_bytes()
    except OSError as error:
        raise BadInput(f"{path.name} cannot be read: {error.strerror}.") from error


def desk(settings: Settings, clock: Clock | None = None) -> LaptopDesk:
    """The desk on this laptop."""
    return LaptopDesk(settings, clock or SystemClock())


def readable(environ: Mapping[str, str]) -> bool:
    """Whether there is a screen to open a window on."""
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY") or environ.get("QT_QPA_PLATFORM"))
