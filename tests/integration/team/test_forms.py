"""A form that a coordinator wrote, from the spreadsheet to an intake on another desk."""

from __future__ import annotations

from pathlib import Path

import pytest

from ournydesk.cli import main
from ournydesk.domain.form_version import FormVersion
from ournydesk.domain.membership import Role
from tests.fakes.cheap import WORDS
from tests.fakes.desks import enrol
from tests.integration.team.test_commands import seat

FORM = """
| survey | | | | |
| | type | name | label | bind::ourny:consent |
| | select_one yn | agrees | May we keep your answers? | Y |
| | text | needs | What does the household need? | |
| choices | | | |
| | list_name | name | label |
| | yn | Y | Yes |
| | yn | N | No |
| settings | | | | |
| | form_title | form_id | version | namespaces |
| | Household needs | household | {version} | ourny="https://ournydesk.example/xforms" |
"""


def written(folder: Path, version: str, form: str = FORM) -> str:
    source = folder / "household.md"
    source.write_text(form.format(version=version), encoding="utf-8")
    return str(source)


def test_a_form_from_a_spreadsheet_is_started_on_every_desk(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lead, of_lead = seat(tmp_path / "lead", "C. Coordinator")
    helper, of_helper = seat(tmp_path / "helper", "Jo Volunteer")
    lead.team.found_team("Example Coalition", "C. Coordinator", "Jackson Heights")
    enrol(helper, "Jo Volunteer", Role.VOLUNTEER, lead, tmp_path)
    stick = str(tmp_path / "stick.courier")

    def carry(version: str) -> None:
        lead.lock()
        helper.lock()
        assert main(["form", "publish", written(tmp_path, version), *of_lead]) == 0
        assert f"version {version}" in capsys.readouterr().out
        assert main(["courier", "export", *of_lead, "--to", stick]) == 0
        assert main(["courier", "deliver", *of_helper, "--from", stick]) == 0
        for desk in (lead, helper):
            desk.unlock(desk.vaults()[0].id, WORDS)

    carry("9")
    choices = {choice.id: choice for choice in helper.form_choices(helper.sent_forms())}
    assert set(choices) == {"naturalization", "screening", "incident", "household"}
    assert (choices["household"].title, choices["household"].from_team) == ("Household needs", "9")
    assert choices["screening"].from_team == ""
    first = helper.start_intake("household", "")
    carry("10")
    second = helper.start_intake("household", "")
    assert choices["household"].languages == ()
    assert helper.packet(second).pdf.startswith(b"%PDF")
    assert helper.open_intake(first).form.version == "9"
    assert helper.open_intake(second).form.version == "10"


def test_a_form_that_must_not_be_sent_is_refused_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lead, of_lead = seat(tmp_path / "lead", "C. Coordinator")
    helper, of_helper = seat(tmp_path / "helper", "Jo Volunteer")
    lead.team.found_team("Example Coalition", "C. Coordinator", "Jackson Heights")
    enrol(helper, "Jo Volunteer", Role.VOLUNTEER, lead, tmp_path)
    lead.lock()
    helper.lock()

    def refused(form: str, options: list[str]) -> str:
        assert main(["form", "publish", form, *options]) == 2
        said = capsys.readouterr()
        assert said.out == ""
        assert len(said.err.splitlines()) == 1
        return said.err

    asks_nobody = FORM.replace("| Y |\n", "| |\n", 1)
    assert "asks whether the client agrees" in refused(written(tmp_path, "2", asks_nobody), of_lead)
    misspelt = FORM.replace("| text |", "| txet |").replace("| agrees", "| agr ees")
    assert "2 mistakes, the first: survey" in refused(written(tmp_path, "2", misspelt), of_lead)
    assert "has no version" in refused(written(tmp_path, ""), of_lead)
    assert main(["form", "publish", written(tmp_path, "2"), *of_lead]) == 0
    assert main(["form", "publish", written(tmp_path, "2"), *of_lead]) == 0
    capsys.readouterr()
    changed = FORM.replace("the household need", "your household need")
    assert "raise the form's version" in refused(written(tmp_path, "2", changed), of_lead)
    assert "raise the form's version" in refused(written(tmp_path, "1", changed), of_lead)
    assert "may not do that" in refused(written(tmp_path, "3"), of_helper)
    assert main(["form", "publish", written(tmp_path, "4", asks_nobody), "--without-consent", *of_lead]) == 0


@pytest.mark.parametrize(
    ("earlier", "later"), [("9", "10"), ("2026.9.1", "2026.10.1"), ("", "1"), ("v2", "v2.1"), ("1a", "1b")]
)
def test_numbers_in_versions_count_as_numbers(earlier: str, later: str) -> None:
    def version(name: str) -> FormVersion:
        return FormVersion(id="f", version=name, hash=name, title="F", xml=b"")

    assert version(later).follows(version(earlier))
    assert not version(earlier).follows(version(later))
    assert not version(later).follows(version(later))
