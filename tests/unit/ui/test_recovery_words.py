"""What the recovery kit's room says: how the kit stands, and what a colleague asks."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from ournydesk.domain.cosigning import Asked, Change, What
from ournydesk.domain.membership import Member, Role, UserId
from ournydesk.domain.recovery import KitStatus
from ui.kit_words import kit_line
from ui.recovery.asked import sentences

TODAY = date(2027, 7, 3)
KIT = ("one", "two", "three", "four")
USER = UserId("1" * 32)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


@pytest.mark.parametrize(
    ("kit", "line"),
    [
        (
            KitStatus(today=TODAY),
            "There is no recovery kit. If every coordinator lost their words, the cases would be lost.",
        ),
        (
            KitStatus(today=TODAY, waiting=KIT),
            "A kit was made. It works as soon as a second person has signed for it.",
        ),
        (
            KitStatus(today=TODAY, name=KIT, made=date(2026, 5, 3), opened=ago(426)),
            "Kit made on 3 May 2026; last opened in a drill 14 months ago: a drill is due.",
        ),
        (
            KitStatus(today=TODAY, name=KIT, made=date(2026, 5, 3), opened=ago(40)),
            "Kit made on 3 May 2026; last opened in a drill 40 days ago.",
        ),
        (
            KitStatus(today=TODAY, name=KIT, made=date(2026, 5, 3), opened=ago(1)),
            "Kit made on 3 May 2026; last opened in a drill yesterday.",
        ),
        (
            KitStatus(today=TODAY, name=KIT, made=date(2027, 7, 3), opened=TODAY),
            "Kit made on 3 Jul 2027; last opened in a drill today.",
        ),
        (
            KitStatus(today=TODAY, name=KIT, made=date(2027, 5, 3)),
            "Kit made on 3 May 2027; no drill yet.",
        ),
        (
            KitStatus(today=TODAY, name=KIT),
            "The team has a recovery kit; never opened from this desk: a drill is due.",
        ),
    ],
)
def test_the_kit_s_line_says_what_is_known_and_what_is_due(kit: KitStatus, line: str) -> None:
    assert kit_line(kit) == line


LEAD = Member(id=USER, role=Role.COORDINATOR, manages=True, reads=True)
LESS = Member(id=USER, role=Role.COORDINATOR)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (Change(what=What.KIT, after="bb"), "The team gets its first recovery kit, “one two three four”."),
        (Change(what=What.KIT, before="aa", after="bb"), "takes the place of the one before."),
        (
            Change(what=What.JOINS, user=USER, becomes=LESS),
            "Jo Example joins the team: coordinator.",
        ),
        (
            Change(what=What.RIGHTS, user=USER, was=LEAD, becomes=LESS),
            (
                "Jo Example was: coordinator, lets people in and shuts them out, reads cases. From then on: "
                "coordinator."
            ),
        ),
        (Change(what=What.RIGHTS, user=USER, becomes=LESS), "Jo Example was: not in the team."),
        (Change(what=What.LEAVES, user=USER, was=LEAD), "Jo Example leaves the team."),
        (Change(what=What.DESK_IN, user=USER), "Another laptop of Jo Example is let in."),
        (
            Change(what=What.DESK_OUT, user=UserId("2" * 32)),
            "A laptop of somebody whose name is not here yet is shut out.",
        ),
        (
            Change(what=What.POLICY, name="min_v", before="2"),
            "The team's rule “min_v” is nothing from then on. It was: 2.",
        ),
        (Change(what=What.KEYS, name="staff"), "Those who read “staff” get new keys."),
    ],
)
def test_every_change_is_a_plain_sentence(change: Change, sentence: str) -> None:
    asked = Asked(by="C. Coordinator", changes=(change,), names={USER: "Jo Example"}, kit=KIT)
    [told] = sentences(asked)
    assert sentence in told
    assert not {"epoch", "group", "HPKE"} & set(told.split())


def test_every_kind_of_change_has_its_sentence() -> None:
    every = tuple(Change(what=what) for what in What)
    assert all(sentences(Asked(by="", changes=every, names={}, kit=KIT)))
