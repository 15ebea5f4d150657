"""What an attorney reads of the rules on a case: every line in words, nothing behind the mouse."""

from __future__ import annotations

from datetime import date

from pytestqt.qtbot import QtBot

from ournydesk.domain.documents import AttorneySheet, Finding
from ui.cases.findings import Findings
from ui.theme.theme import Theme
from ui.widgets.text import Text

SHEET = AttorneySheet(
    law_as_of=date(2026, 11, 23),
    filing_date=None,
    outcome="High: attorney within 3 business days.",
    findings=(
        Finding(
            title="Urgency: high",
            result="18 Dec 2026",
            text="Check-in in 20 days.",
            inputs="18 Dec 2026, counted on 28 Nov 2026",
            citation="INA 241",
            mark="Confirm with an attorney: general knowledge, no source read.",
            needs_attorney=True,
        ),
    ),
    missing=(),
)


def shown(screen: Findings) -> list[str]:
    return [label.text() for label in screen.findChildren(Text) if not label.isHidden()]


def test_a_rule_shows_its_words_its_inputs_its_source_and_how_sure_that_is(
    theme: Theme, qtbot: QtBot
) -> None:
    screen = Findings(theme)
    qtbot.addWidget(screen)
    screen.show_sheet(SHEET)
    [finding] = SHEET.findings
    told = (finding.title, finding.result, finding.text, finding.inputs, finding.citation, finding.mark)
    assert {*told, SHEET.outcome} <= set(shown(screen))


def test_a_form_no_rule_reads_shows_no_outcome(theme: Theme, qtbot: QtBot) -> None:
    screen = Findings(theme)
    qtbot.addWidget(screen)
    screen.show_sheet(SHEET)
    screen.show_sheet(None)
    assert "No rule here reads this form." in shown(screen)
    assert SHEET.outcome not in shown(screen)
