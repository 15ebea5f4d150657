"""Terms, evidence checklist, mailing cover, docket and incident report, made from real records."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
from pypdf import PdfReader

from forms.engine import Session
from forms.library.incident.sharing import consents
from forms.paper import sheet as sheets_on_paper
from ournydesk.bootstrap import LaptopDesk
from ournydesk.domain.documents import Bilingual, Printout
from ournydesk.domain.ids import IntakeId
from ournydesk.domain.incident import Recipient
from ournydesk.domain.sheets import Grid, Part, Saying, Sheet, SheetKind, Signing, Stated, Tick
from ournydesk.errors import Refused
from tests.fakes.desks import TickingClock, example_intake, open_desk, save
from tests.integration.paper.official_blank import official_blank


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[LaptopDesk]:
    made = open_desk(tmp_path / "desk", "A. Attorney", TickingClock())
    yield made
    made.lock()


def read(made: Printout) -> str:
    document = pypdfium2.PdfDocument(made.pdf)
    return "\n".join(page.get_textpage().get_text_range() for page in document).replace("\r\n", "\n")


def test_terms_say_what_was_read_aloud_and_what_the_client_said(desk: LaptopDesk) -> None:
    made = desk.papers.sheet(example_intake(desk), SheetKind.TERMS)()
    said = " ".join(read(made).split())
    assert "We write down your answers to prepare your citizenship application." in said
    assert "After today we do nothing more for you, unless you and we sign a paper." in said
    assert "আপনার" in said
    assert "Client: signature" in said
    assert "Page 1 of 1" in said


def test_the_evidence_follows_from_the_answers(desk: LaptopDesk) -> None:
    intake = example_intake(desk)
    said = " ".join(read(desk.papers.sheet(intake, SheetKind.EVIDENCE)()).split())
    assert "Birth certificates of 2 children. Proof of child support." in said
    assert "1 listed. A certified disposition for each" in said
    assert "A reduced fee is asked for" not in said


def test_a_mailing_cover_lists_what_is_inside(desk: LaptopDesk, tmp_path: Path) -> None:
    blank = tmp_path / "n-400.pdf"
    blank.write_bytes(official_blank())
    intake = example_intake(desk)
    with pytest.raises(Refused) as refused:
        desk.papers.sheet(intake, SheetKind.MAILING)
    assert refused.value.code == "refused.no_blank"
    desk.import_blank(blank)
    said = " ".join(read(desk.papers.sheet(intake, SheetKind.MAILING)()).split())
    assert "Form N-400, edition 01/20/25, confirmed 28 Nov 2026" in said
    assert "14 pages" in said
    assert "A-061-234-507" in said


def test_neither_title_nor_description_nor_file_name_names_a_client(desk: LaptopDesk) -> None:
    intake = example_intake(desk)
    name = desk.packet(intake).pdf  # the packet names the client; its description does not either
    for pdf in (name, desk.papers.sheet(intake, SheetKind.TERMS)().pdf):
        info = PdfReader(BytesIO(pdf)).metadata
        assert info is not None
        assert "Nusrat" not in str(info)
        assert "icket 1" in str(info.title)


def test_a_docket_puts_dates_that_run_first_and_is_for_attorneys_only(desk: LaptopDesk) -> None:
    desk.team.found_team("Example Coalition", "A. Attorney", "Queens Library")
    desk.team.publish_form("naturalization")
    desk.wire.hand_over(example_intake(desk), "")
    made = desk.papers.docket(desk.cases.cases())()
    said = " ".join(read(made).split())
    assert "For attorneys only. Not for the client." in said
    assert "To decide: 1" in said
    assert "Nusrat" in said


def told(desk: LaptopDesk, **shares: str) -> IntakeId:
    """An invented report by the person it happened to."""
    intake = desk.start_intake("incident", "English (en)")
    opened = desk.open_intake(intake)
    session = Session.open(opened.form, opened.answers, opened.saved_at)
    places = {state.definition.name: state.path for state in session.walk()}
    answers = {"agrees": "Y", "role": "affected", "more": "Y"}
    for name, value in answers.items():
        session.set(places[name], value)
    places = {state.definition.name: state.path for state in session.walk()}
    explained = {
        "explained_by": "V. Volunteer",
        "explained_in": "en",
        "explained_on": "2026-11-28",
        "minor": "N",
    }
    for name, value in {**explained, **shares}.items():
        session.set(places[name], value)
    save(desk, intake, session)
    return intake


def test_an_incident_is_told_to_nobody_who_was_not_agreed_to(desk: LaptopDesk) -> None:
    intake = told(desk, share_attorney="named", share_press="without_name")
    for recipient in set(Recipient) - {Recipient.ATTORNEY, Recipient.PRESS}:
        with pytest.raises(Refused) as refused:
            desk.papers.incident(intake, recipient)
        assert refused.value.code == "refused.not_shared"


def test_without_the_name_nothing_that_was_written_freely_is_printed(desk: LaptopDesk) -> None:
    intake = told(desk, share_press="without_name", share_attorney="named")
    opened = desk.open_intake(intake)
    session = Session.open(opened.form, opened.answers, opened.saved_at)
    assert consents(session).given
    what = next(state.path for state in session.walk() if state.definition.name == "what")
    session.set(what, "Invented Person was followed on Example Street.")
    save(desk, intake, session)
    press = read(desk.papers.incident(intake, Recipient.PRESS)())
    assert "The press: without the name." in press
    assert "Invented Person" not in press
    assert "Who may know" not in press
    attorney = read(desk.papers.incident(intake, Recipient.ATTORNEY)())
    assert "Invented Person was followed on Example Street." in " ".join(attorney.split())


@pytest.mark.parametrize("language", ["bn", "ar", "ur", "zh", "es", "en"])
def test_every_piece_is_set_in_every_script(language: str) -> None:
    words = {"bn": "আপনার নাম", "ar": "اسمك هنا", "ur": "آپ کا نام", "zh": "您的姓名", "es": "Su nombre"}
    both = Bilingual(english="Your name", client=words.get(language, ""))
    pieces = (
        Saying(text=both),
        Saying(text=both, care=True),
        Stated(label=both, fact=both),
        Tick(text=both, why="Why", ticked=True),
        Grid(heads=("A", "B"), shares=(1, 2), rows=tuple((str(n), "row") for n in range(60))),
        Grid(heads=("A",), shares=(1,), rows=()),
        Signing(label=both, day=both),
    )
    at = TickingClock().now()
    document = Sheet(
        kind=SheetKind.TERMS, title=both, about="About", language=language, printed_at=at, ticket=7,
        parts=(Part(title=both, pieces=pieces),),
    )  # fmt: skip
    made = sheets_on_paper.printout(document)
    assert document.file_name == "ticket-7-terms.pdf"
    assert made.pages > 1
    pdf = PdfReader(BytesIO(made.pdf))
    assert str(pdf.root_object["/Lang"]) == language
    assert [str(item.title) for item in pdf.outline if not isinstance(item, list)] == ["Your name"]
    assert f"Page {made.pages} of {made.pages}" in read(made)
    assert date(2026, 11, 28).strftime("%d Nov %Y") in read(made)
