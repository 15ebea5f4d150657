"""What every open vault promises, in memory or on the disk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from ournydesk.crypto.keys import MasterKey
from ournydesk.domain.answers import Answer, AnswerSet, RowAdded, RowRemoved, Said
from ournydesk.domain.documents import BlankCard
from ournydesk.domain.ids import IntakeId, RowId, new_id
from ournydesk.domain.ids import Path as AnswerPath
from ournydesk.domain.intake import IntakeRow, Progress
from ournydesk.errors import Refused
from ournydesk.ports import Blanks, FormShelf, Intakes, Preferences
from ournydesk.store.blanks import StoredBlanks
from ournydesk.store.database import Database
from ournydesk.store.forms import StoredForms
from ournydesk.store.intakes import StoredIntakes
from ournydesk.store.preferences import StoredPreferences
from tests.fakes import cheap
from tests.fakes.vault import FakeBlanks, FakeFormShelf, FakeIntakes, FakePreferences


@dataclass(frozen=True)
class Parts:
    intakes: Intakes
    forms: FormShelf
    blanks: Blanks
    preferences: Preferences


@pytest.fixture(params=["in memory", "on the disk"])
def parts(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Parts]:
    if request.param == "in memory":
        forms = FakeFormShelf()
        yield Parts(FakeIntakes(forms), forms, FakeBlanks(), FakePreferences())
        return
    database = Database.create(tmp_path / "data.db", MasterKey.fresh().database_key())
    yield Parts(
        StoredIntakes(database), StoredForms(database), StoredBlanks(database), StoredPreferences(database)
    )
    database.close()


@pytest.fixture
def intakes(parts: Parts) -> Intakes:
    parts.forms.keep(cheap.FORM)
    return parts.intakes


NOBODY = IntakeId("f" * 32)
TRIPS = AnswerPath("/data/trips")


def test_an_empty_vault_has_no_intake(intakes: Intakes) -> None:
    assert intakes.rows() == ()
    assert intakes.next_ticket() == 1
    assert intakes.tally("declined") == 0


def test_an_intake_nobody_started_is_refused(intakes: Intakes) -> None:
    for ask in (
        lambda: intakes.row(NOBODY),
        lambda: intakes.answers(NOBODY),
        lambda: intakes.append(NOBODY, [cheap.said("/data/a", "x")], Progress(), cheap.NOON),
        lambda: intakes.append(NOBODY, [], Progress(), cheap.NOON),
        lambda: intakes.destroy(NOBODY, "declined"),
    ):
        with pytest.raises(Refused) as caught:
            ask()
        assert caught.value.code == "refused.unknown_intake"
    assert intakes.tally("declined") == 0


def test_an_intake_starts_empty_with_what_it_was_started_with(intakes: Intakes) -> None:
    head = cheap.head(7)
    intakes.start(head)
    assert intakes.row(head.id) == IntakeRow(head=head, progress=Progress(), changed_at=cheap.NOON)
    assert dict(intakes.answers(head.id).values) == {}
    assert intakes.next_ticket() == 8


def test_an_intake_of_a_form_that_is_not_on_the_shelf_is_refused(intakes: Intakes) -> None:
    with pytest.raises(Refused) as caught:
        intakes.start(replace(cheap.head(), form_hash="0" * 64))
    assert caught.value.code == "refused.unknown_form"
    assert intakes.rows() == ()


def test_the_last_changed_comes_first(intakes: Intakes) -> None:
    heads = [cheap.head(number) for number in (1, 2, 3)]
    for head in heads:
        intakes.start(head)
    intakes.append(heads[1].id, [cheap.said("/data/a", "x")], Progress(), cheap.later(5))
    assert intakes.rows()[0].head == heads[1]
    assert [row.head.id for row in intakes.rows()[1:]] == sorted([heads[0].id, heads[2].id])


def test_answers_are_kept_changed_and_taken_back(intakes: Intakes) -> None:
    head = cheap.head()
    intakes.start(head)
    a = AnswerPath("/data/a")
    for minute, answer in enumerate(
        (Answer("কিছু"), Answer("", Said.UNKNOWN), Answer("", Said.DECLINED), Answer())
    ):
        intakes.append(head.id, [AnswerSet(a, answer)], Progress(), cheap.later(minute))
        assert intakes.answers(head.id).get(a) == answer
    assert dict(intakes.answers(head.id).values) == {}


def test_rows_keep_their_order_and_take_their_answers_with_them(intakes: Intakes) -> None:
    head = cheap.head()
    intakes.start(head)
    first, second, third = (RowId(new_id()) for _ in range(3))
    inside = AnswerPath(f"{TRIPS}[{first}]/place")
    intakes.append(
        head.id,
        [
            RowAdded(TRIPS, first),
            RowAdded(TRIPS, second),
            RowAdded(TRIPS, third, before=first),
            RowAdded(TRIPS, first),
            AnswerSet(inside, Answer("Nowhere")),
        ],
        Progress(),
        cheap.later(1),
    )
    assert intakes.answers(head.id).rows == {TRIPS: (third, first, second)}
    intakes.append(head.id, [RowRemoved(TRIPS, first)], Progress(), cheap.later(2))
    assert intakes.answers(head.id).rows == {TRIPS: (third, second)}
    assert dict(intakes.answers(head.id).values) == {}
    gone = [RowRemoved(TRIPS, row) for row in (second, third)]
    intakes.append(head.id, gone, Progress(), cheap.later(3))
    assert dict(intakes.answers(head.id).rows) == {}


def test_counts_alone_are_a_change_and_nothing_at_all_is_none(intakes: Intakes) -> None:
    head = cheap.head()
    intakes.start(head)
    counted = Progress(sections_done=1, sections=4, missing=2, attention=1)
    intakes.append(head.id, [], counted, cheap.later(1))
    intakes.append(head.id, [], counted, cheap.later(9))
    assert intakes.row(head.id).progress == counted
    assert intakes.row(head.id).changed_at == cheap.later(1)


def test_half_a_character_is_refused(intakes: Intakes) -> None:
    head = cheap.head()
    intakes.start(head)
    with pytest.raises(Refused) as caught:
        intakes.append(head.id, [cheap.said("/data/a", "\ud800")], Progress(), cheap.later(1))
    assert caught.value.code == "refused.text"
    assert intakes.row(head.id).changed_at == cheap.NOON


def test_a_destroyed_intake_leaves_one_count(intakes: Intakes) -> None:
    kept, gone = cheap.head(1), cheap.head(2)
    for head in (kept, gone):
        intakes.start(head)
    intakes.destroy(gone.id, "declined")
    assert [row.head for row in intakes.rows()] == [kept]
    assert (intakes.tally("declined"), intakes.tally("other")) == (1, 0)
    with pytest.raises(Refused):
        intakes.answers(gone.id)


def test_a_form_version_is_kept_as_it_was(parts: Parts) -> None:
    parts.forms.keep(cheap.FORM)
    parts.forms.keep(cheap.FORM)
    assert parts.forms.version(cheap.FORM.hash) == cheap.FORM
    with pytest.raises(Refused) as caught:
        parts.forms.keep(replace(cheap.FORM, files={}))
    assert caught.value.code == "refused.form_changed"
    with pytest.raises(Refused) as caught:
        parts.forms.version("0" * 64)
    assert caught.value.code == "refused.unknown_form"


def test_the_last_blank_of_a_form_is_kept(parts: Parts) -> None:
    card = BlankCard(form="n-400", edition="01/20/25", expires="02/28/2027", pages=14)
    assert parts.blanks.cards() == ()
    assert parts.blanks.pdf("n-400") is None
    parts.blanks.keep(card, b"%PDF old", cheap.NOON)
    newer = parts.blanks.keep(replace(card, edition="01/20/26"), b"%PDF new", cheap.later(1))
    other = parts.blanks.keep(replace(card, form="g-28"), b"%PDF other", cheap.NOON)
    assert parts.blanks.cards() == (other, newer)
    assert newer.imported_at == cheap.later(1)
    assert parts.blanks.pdf("n-400") == b"%PDF new"


def test_a_preference_is_what_was_last_set(parts: Parts) -> None:
    assert parts.preferences.get("scale", "1.0") == "1.0"
    for value in ("1.5", "", "2.0"):
        parts.preferences.set("scale", value)
        assert parts.preferences.get("scale", "1.0") == value
