"""What a desk could open and who visits a clinic, put together. Layer: bootstrap."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ournydesk.bootstrap.cases import LaptopCases
from ournydesk.bootstrap.files import write_chosen
from ournydesk.clock import Clock
from ournydesk.domain.documents import Printout
from ournydesk.domain.exposure import Exposure, as_table, safe_csv
from ournydesk.domain.exposure_words import before, sentences
from ournydesk.domain.ids import IntakeId
from ournydesk.domain.operations import DeviceId, RecordId
from ournydesk.domain.withdrawal import Withdrawal
from ournydesk.ports import OpenVault
from ournydesk.services import exposure, membership, visiting, withdrawing
from ournydesk.services.visiting import Visitor


@dataclass(slots=True)
class LaptopExposure:
    """``ui.desk.ExposureDesk`` on the vault that is open now."""

    vault: Callable[[], OpenVault]
    cases: LaptopCases
    clock: Clock

    def exposure(self, device: DeviceId) -> Exposure:
        """What one desk could open, with the clients' names as far as this desk may read them."""
        names = {row.id: row.client for row in self.cases.cases()}
        return exposure.of_device(
            device, vault=self.vault(), client_of=lambda record: names.get(RecordId(record), "")
        )

    def consequences(self, device: DeviceId) -> tuple[str, ...]:
        """What to know before that desk is shut out."""
        return before(self.exposure(device))

    def holding(self) -> Mapping[DeviceId, int]:
        """How many records each desk wrote that it did not let go of yet."""
        return exposure.holding(self.vault())

    def revoke(self, device: DeviceId) -> Exposure:
        """Shut a desk out; what it could open."""
        membership.revoke(device, vault=self.vault())
        return self.exposure(device)

    def who_has(self, intake: IntakeId) -> Withdrawal:
        """Who has a record by now."""
        return withdrawing.who_has(intake, vault=self.vault())

    def take_back(self, intake: IntakeId) -> Withdrawal:
        """Tell them that the client took the consent back."""
        return withdrawing.take_back(intake, vault=self.vault(), clock=self.clock)

    def print_list(self, found: Exposure) -> Printout:
        """What was on that laptop as pages."""
        from forms.paper import exposure_list  # noqa: PLC0415 - PDF libraries are loaded when a page is set

        return exposure_list.printout(found, sentences(found), self.clock.now().astimezone())

    def write_table(self, found: Exposure, target: Path) -> None:
        """The same as a table that no spreadsheet takes for formulas. Raises BadInput, StoreBroken."""
        rows = as_table((*found.clients, *found.let_go))
        # Spreadsheets take a file without the mark for the system's old encoding.
        write_chosen(target, safe_csv(rows).encode("utf-8-sig"))

    def visitors(self) -> tuple[Visitor, ...]:
        """Who reads one clinic only."""
        return visiting.visitors(self.vault())

    def end_visit(self, device: DeviceId, clinic: str) -> tuple[Visitor, ...]:
        """Take a visitor out of a clinic; who still visits one."""
        visiting.end_visit(device, clinic, vault=self.vault())
        return self.visitors()
