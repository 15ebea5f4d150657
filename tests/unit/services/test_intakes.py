from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

import pytest

from forms.engine import load_form
from ournydesk.domain.ids import IntakeId
from ournydesk.domain.intake import Progress
from ournydesk.errors import Refused
from ournydesk.services import answers, intakes
from tests.fakes import cheap
from tests.fakes.vault import FakeFormShelf, FakeIntakes

XFORM = b"""<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml">
<h:head><h:title>Invented</h:title><model><instance><data id="demo" version="1"><a/></data></instance>
<bind nodeset="/data/a" type="string"/></model></h:head>
<h:body><input ref="/data/a"><label>A</label></input></h:body></h:html>"""


@dataclass
class FakeClock:
    at: datetime = cheap.NOON

    def now(self) -> datetime:
        return self.at

    def today(self) -> date:
        return self.at.date()


def test_an_intake_goes_from_start_to_answers_to_the_same_form_again() -> None:
    forms, clock = FakeFormShelf(), FakeClock()
    kept = FakeIntakes(forms)
    version = replace(cheap.FORM, xml=XFORM, files={})
    head = intakes.start_intake(version, "Bengali (bn)", intakes=kept, forms=forms, clock=clock)
    assert (head.ticket, head.form_hash, head.started_at) == (1, version.hash, cheap.NOON)
    clock.at = cheap.later(3)
    events = [cheap.said("/data/a", "x")]
    saved = answers.record(head.id, events, Progress(missing=1), intakes=kept, clock=clock)
    assert saved == cheap.later(3)
    opened = intakes.open_intake(head.id, intakes=kept, forms=forms, load=load_form)
    assert (opened.head, opened.saved_at, opened.form.id) == (head, saved, "demo")
    assert opened.answers.get(events[0].path).text == "x"


def test_a_new_version_of_a_form_does_not_touch_what_was_started() -> None:
    forms, clock = FakeFormShelf(), FakeClock()
    kept = FakeIntakes(forms)
    first = intakes.start_intake(cheap.FORM, "English (en)", intakes=kept, forms=forms, clock=clock)
    newer = replace(cheap.FORM, version="2", hash="2" * 64, xml=b"other")
    second = intakes.start_intake(newer, "English (en)", intakes=kept, forms=forms, clock=clock)
    assert [row.head.form_version for row in (kept.row(first.id), kept.row(second.id))] == ["1", "2"]
    assert second.ticket == 2
    assert first.id != second.id


def test_saving_into_an_intake_that_is_gone_is_refused() -> None:
    with pytest.raises(Refused):
        answers.record(
            IntakeId("0" * 32), [], Progress(), intakes=FakeIntakes(FakeFormShelf()), clock=FakeClock()
        )


def test_a_client_who_says_no_leaves_one_number() -> None:
    forms, clock = FakeFormShelf(), FakeClock()
    kept = FakeIntakes(forms)
    head = intakes.start_intake(cheap.FORM, "English (en)", intakes=kept, forms=forms, clock=clock)
    assert intakes.decline(head.id, intakes=kept) == 1
    assert intakes.rows(intakes=kept) == ()
    again = intakes.start_intake(cheap.FORM, "English (en)", intakes=kept, forms=forms, clock=clock)
    assert again.ticket == head.ticket
    assert intakes.decline(again.id, intakes=kept) == 2


def test_what_was_sealed_is_not_destroyed_as_if_nobody_had_it() -> None:
    forms, clock = FakeFormShelf(), FakeClock()
    kept = FakeIntakes(forms)
    head = intakes.start_intake(cheap.FORM, "English (en)", intakes=kept, forms=forms, clock=clock)
    kept.mark_sealed(head.id, kept.pending(head.id).through)
    with pytest.raises(Refused) as caught:
        intakes.decline(head.id, intakes=kept)
    assert caught.value.code == "refused.agreed_before"
    assert [row.head for row in intakes.rows(intakes=kept)] == [head]
