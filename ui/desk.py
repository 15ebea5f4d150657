"""What the screens ask of the desk behind them. Layer: ui; the composition root satisfies it.

Every method may raise a DeskError. Unless it says otherwise a method is called on the vault's lane,
never on the GUI thread: unlocking takes a second, a disk may take longer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    # Types only: a window that is opening does not wait for what it will be asked later.
    from datetime import date, datetime
    from pathlib import Path

    from forms.engine import Session
    from ournydesk.domain.answers import Answer, AnswerEvent
    from ournydesk.domain.batch import BatchDone, BatchPlan
    from ournydesk.domain.case import CaseRow, CaseView
    from ournydesk.domain.cosigning import Asked
    from ournydesk.domain.documents import AttorneySheet, BlankCard, PageImage, Printout
    from ournydesk.domain.form_version import FormVersion
    from ournydesk.domain.ids import IntakeId, RowId, VaultId
    from ournydesk.domain.ids import Path as Ref
    from ournydesk.domain.intake import IntakeHead, IntakeRow, Progress
    from ournydesk.domain.keeping import EraseReason
    from ournydesk.domain.law_changes import LawTouched
    from ournydesk.domain.membership import Role, Scope, UserId
    from ournydesk.domain.operations import DeviceId, RecordId
    from ournydesk.domain.record import Choice
    from ournydesk.domain.recovery import Drilled, KitMade, KitStatus
    from ournydesk.domain.team import EnrolmentCard, Identity, TeamView
    from ournydesk.domain.vault import VaultCard
    from ournydesk.domain.wire import WireView
    from ournydesk.services.intakes import OpenedIntake
    from ui.attached_desk import AttachedDesk
    from ui.paper_desk import PaperDesk
    from ui.seat_desk import ExposureDesk, SeatDesk
    from ui.where_desk import WhereDesk

T = TypeVar("T")


class OnVault(Protocol):
    """Runs a short piece of work on the vault's lane and waits for it; for what runs on the wire's."""

    def __call__(self, work: Callable[[], T]) -> T:
        """The result of ``work``, or its error."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class FormChoice:
    """A form that can be started, and the languages a client may hear it in; none where it has but one."""

    id: str
    title: str
    languages: tuple[str, ...]
    from_team: str = ""
    """The version the team was sent, empty for a form of the library as this program brings it."""


class CaseDesk(Protocol):
    """What a reader does with the cases that were handed over."""

    def cases(self) -> tuple[CaseRow, ...]:
        """The cases this desk can read: urgent ones by level and date, then the longest waiting."""
        ...

    def case(self, record: RecordId) -> CaseView:
        """One case, read from its own form version; opening it is written into its reading log."""
        ...

    def law_changes(self, folder: Path) -> tuple[LawTouched, ...]:
        """The open cases that the law data in a folder would read differently. Raises BadInput."""
        ...

    def sheet(self, session: Session, head: IntakeHead) -> AttorneySheet | None:
        """What the rules say of an intake while it is filled; for who reads cases only.

        Called on the GUI thread after each answer: it touches no vault, and takes a few milliseconds.
        """
        ...

    def note(self, record: RecordId, text: str) -> CaseView:
        """Add a signed note."""
        ...

    def decide(self, record: RecordId, choice: Choice, reason: str) -> CaseView:
        """Sign a decision. Raises Refused("refused.conflict") while a blocking conflict is open."""
        ...

    def settle(self, record: RecordId, path: Ref, answer: Answer) -> CaseView:
        """Sign one answer in place of all that were given; those stay in the history."""
        ...

    def settle_row(self, record: RecordId, path: Ref, row: RowId, *, keep: bool) -> CaseView:
        """Sign that a row stays which one removed while another wrote in it, or that it goes."""
        ...

    def lend(self, record: RecordId, device: DeviceId) -> CaseView:
        """Grant the record to one named desk until the clinic closes."""
        ...

    def erase(self, record: RecordId, reason: EraseReason, passphrase: str) -> None:
        """Erase a record on every desk; there is no way back. Takes about a second.

        Raises WrongPassphrase, Refused("refused.erase") for anybody but a coordinator who reads it.
        """
        ...


class TeamDesk(Protocol):
    """Who works together, and how a desk joins them."""

    def identity(self) -> Identity | None:
        """Who this desk is; None before it founded or asked to join a team."""
        ...

    def team(self) -> TeamView:
        """The team. Raises Refused("refused.no_team") before this desk was admitted."""
        ...

    def found_team(self, name: str, person: str, clinic: str) -> TeamView:
        """A new team with the person at this desk as its first coordinator, and its first clinic."""
        ...

    def register_team(self, server: str, authority: Path | None, token: str, on_vault: OnVault) -> TeamView:
        """Bring the team to a server with the operator's one-time token.

        Called on the wire lane. Raises Unreachable, or Refused("refused.token").
        """
        ...

    def ask_to_join(self, person: str, target: Path | None) -> EnrolmentCard:
        """Make this desk's keys and write the request into a file; the words are read to the manager.

        Without ``target`` nothing is written: the card of the request that was made before.
        """
        ...

    def read_request(self, source: Path) -> EnrolmentCard:
        """A request as a manager opens it. Raises BadInput."""
        ...

    def admit(
        self,
        source: Path,
        role: Role,
        *,
        manages: bool,
        reads: bool,
        typed: tuple[str, str],
        target: Path,
        visits: str = "",
        scope: Scope | None = None,
    ) -> TeamView:
        """Sign the desk into the team and write its invite into a file.

        ``typed`` are the third and the fifth word as they were heard, ``visits`` is the id of the one clinic
        whose cases they read. Raises Refused("refused.words").
        """
        ...

    def join(self, source: Path) -> TeamView:
        """Take an invite: check it against this desk's request and pin the team. Raises BadInput."""
        ...

    def revoke(self, device: DeviceId) -> TeamView:
        """Shut a desk out; new keys for every group it was in."""
        ...

    def publish_form(self, form: str) -> TeamView:
        """Send a form of the library to every desk."""
        ...

    def read_form(self, source: Path) -> FormVersion:
        """A form that somebody wrote, checked; for the paper lane, no vault is touched. Raises BadInput."""
        ...

    def send_form(self, form: FormVersion) -> TeamView:
        """Send it to every desk. Raises Refused("refused.form_version")."""
        ...

    def publish_blank(self, source: Path) -> TeamView:
        """Check an agency's blank and send it to every desk."""
        ...


class WireDesk(Protocol):
    """How bytes leave this laptop and come to it. Called on the wire lane; the vault is asked on its own."""

    def wire(self) -> WireView:
        """What waits, what was refused, when whom was heard. Called on the vault's lane."""
        ...

    def hand_over(self, intake: IntakeId, words: str) -> IntakeRow:
        """Give an intake to the legal team. Called on the vault's lane.

        Raises Refused("refused.consent") without the client's agreement, Refused("refused.no_team").
        """
        ...

    def use_relay(self, address: str, authority: Path | None) -> WireView:
        """Remember the clinic's relay and its certificate; called on the vault's lane."""
        ...

    def sync(self, on_vault: OnVault) -> WireView:
        """One round with the server, and with the relay when one is known.

        Being away raises nothing: the view says what was reached.
        """
        ...

    def write_courier(self, target: Path) -> int:
        """Everything that waits into one sealed file; how many operations. Called on the vault's lane."""
        ...

    def read_courier(self, source: Path) -> int:
        """Take in what a file or another vault's ``outgoing`` folder brings; how many were new.

        Called on the vault's lane. Raises BadInput.
        """
        ...


class BatchDesk(Protocol):
    """Cases as one encrypted file."""

    def plan_batch(self, records: Sequence[RecordId] | None) -> BatchPlan:
        """What a batch would hold, who could open it, and what is left out and why."""
        ...

    def write_batch(self, plan: BatchPlan, recipients: Sequence[str], folder: Path) -> BatchDone:
        """Write it, open it again, compare, sign the receipt. ``recipients`` are further age keys."""
        ...


class RecoveryDesk(Protocol):
    """The team's recovery kit, for the people who manage the team; and what needs two of them."""

    def status(self) -> KitStatus:
        """Where the team stands with its kit."""
        ...

    def new_words(self) -> tuple[str, ...]:
        """Twelve fresh words."""
        ...

    def make(self, shown: Sequence[str], typed: Mapping[int, str], target: Path) -> KitMade:
        """Write a kit, open it with the words as typed, and put it in force. Takes some seconds.

        ``typed`` are some of the words by their place from 0. Raises BadInput; then no file is left.
        """
        ...

    def copy(self, source: Path, target: Path) -> None:
        """The same file on the second stick. Raises BadInput."""
        ...

    def sheets(self) -> Printout:
        """A page for who keeps the words and one for who keeps the file."""
        ...

    def drill(self, source: Path, words: str) -> Drilled:
        """Open a kit and look whether it opens what it should; nothing is kept. Raises BadInput."""
        ...

    def finish(self) -> KitStatus:
        """Give the kit every key this desk can give it."""
        ...

    def write_proposal(self, target: Path) -> KitStatus:
        """The file for the second person, of the kit that waits."""
        ...

    def let_manage(self, user: UserId, *, may: bool, target: Path | None) -> bool:
        """Whether a person may let people in. True when it holds; else ``target`` waits for a signature."""
        ...

    def read_statement(self, source: Path) -> Asked | None:
        """What a colleague asks to be signed; None when one's own is home and holds. Raises BadInput."""
        ...

    def sign_statement(self, source: Path, target: Path) -> None:
        """Sign it, and write the file that goes back. Raises BadInput."""
        ...


class Desk(Protocol):
    """One laptop's desk: its vaults, and the one that is open."""

    @property
    def cases(self) -> CaseDesk:
        """What a reader does with the cases."""
        ...

    @property
    def team(self) -> TeamDesk:
        """Who works together."""
        ...

    @property
    def seats(self) -> SeatDesk:
        """The seats of the team's clinics."""
        ...

    @property
    def exposures(self) -> ExposureDesk:
        """What other desks could open."""
        ...

    @property
    def recovery(self) -> RecoveryDesk:
        """The team's recovery kit."""
        ...

    @property
    def wire(self) -> WireDesk:
        """How bytes leave and come."""
        ...

    @property
    def attached(self) -> AttachedDesk:
        """Documents of records."""
        ...

    @property
    def where(self) -> WhereDesk:
        """Where everything is."""
        ...

    @property
    def batches(self) -> BatchDesk:
        """Cases as one encrypted file."""
        ...

    def vaults(self) -> tuple[VaultCard, ...]:
        """The vaults on this laptop."""
        ...

    def new_words(self) -> tuple[str, ...]:
        """Six fresh words. GUI thread allowed."""
        ...

    def word_known(self, word: str) -> bool:
        """Whether a word is on the public list. Fast; GUI thread allowed."""
        ...

    def create_vault(self, name: str, passphrase: str) -> VaultCard:
        """A new vault, proven by reopening it."""
        ...

    def unlock(self, vault: VaultId, passphrase: str) -> None:
        """Open a vault; a lane's thread owns it until :meth:`lock`."""
        ...

    def change_words(self, old: str, new: str) -> None:
        """Other words for the open vault. Raises WrongPassphrase; until it returns the old ones open it."""
        ...

    def back_up(self, target: Path) -> None:
        """Write the open vault into one encrypted file; its words open it."""
        ...

    def restore(self, bundle: Path, passphrase: str) -> VaultCard:
        """A vault from a backup, in no team. Raises BadInput, WrongPassphrase."""
        ...

    def pin_chosen(self) -> bool:
        """Whether six digits for breaks were chosen in the open vault."""
        ...

    def choose_pin(self, digits: str) -> None:
        """Choose them. Raises Refused("refused.pin")."""
        ...

    def pin_fits(self, digits: str) -> bool:
        """Whether these are the ones."""
        ...

    def lock(self) -> None:
        """Close the open vault and drop its keys. Locking twice is harmless."""
        ...

    def sent_forms(self) -> tuple[FormVersion, ...]:
        """What the open vault's team was sent."""
        ...

    def form_choices(self, sent: tuple[FormVersion, ...]) -> tuple[FormChoice, ...]:
        """The forms of the library and those that were sent. Touches no vault: called on the paper lane."""
        ...

    def intakes(self) -> tuple[IntakeRow, ...]:
        """The open vault's intakes, the last changed first."""
        ...

    def start_intake(self, form: str, language: str) -> IntakeId:
        """A new intake with the next ticket number."""
        ...

    def open_intake(self, intake: IntakeId) -> OpenedIntake:
        """An intake as it was last saved."""
        ...

    def record(self, intake: IntakeId, events: Sequence[AnswerEvent], progress: Progress) -> datetime:
        """Save events; they are on the disk when this returns."""
        ...

    def decline(self, intake: IntakeId) -> int:
        """The client said no: destroy the draft; how many have said no so far."""
        ...

    def blank(self, form_id: str) -> BlankCard | None:
        """The agency's blank for an intake form, when it was imported."""
        ...

    def import_blank(self, path: Path) -> BlankCard:
        """Check a blank and keep it."""
        ...

    @property
    def papers(self) -> PaperDesk:
        """Editions of agencies' forms."""
        ...

    def official(self, intake: IntakeId, reason: str = "") -> Printout:
        """The agency's form, filled.

        Raises Refused("refused.edition_over") for an edition that is accepted no more, unless an attorney
        gives a ``reason``, which is signed.
        """
        ...

    def packet(self, intake: IntakeId) -> Printout:
        """The packet in two languages."""
        ...

    def take_home(self, intake: IntakeId, *, safe_to_carry: bool, by: date | None, where: str) -> Printout:
        """The page a client takes home; refused before an attorney signed a decision."""
        ...

    def empty_copy(self, intake: IntakeId) -> Printout:
        """The intake's form as empty paper."""
        ...

    def page(self, pdf: bytes, index: int, scale: float) -> PageImage:
        """One page as a picture, 72 dpi times ``scale``. Called on the paper lane."""
        ...
