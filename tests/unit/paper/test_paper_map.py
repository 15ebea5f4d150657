from __future__ import annotations

from pathlib import Path

import pytest

from forms.paper import paper_map
from forms.paper.paper_map import Rect
from ournydesk.errors import BadInput

HEAD = 'form = "X-1"\ntitle = "Example"\nedition = "01/01/25"\npages = 1\n'


def test_every_map_in_the_library_names_each_box_once() -> None:
    for each in paper_map.known():
        fields = [box.field for _, box, _ in each.boxes()]
        assert len(fields) == len(set(fields)), each.form
        ids = [question.id for question in each.questions] + [listing.id for listing in each.listings]
        assert len(ids) == len(set(ids)), each.form


def test_no_two_boxes_of_a_map_lie_over_each_other() -> None:
    for each in paper_map.known():
        boxes = [box for _, box, _ in each.boxes()]
        crossing = [
            (one.field, other.field)
            for at, one in enumerate(boxes)
            for other in boxes[at + 1 :]
            if one.page == other.page
            and overlap(one.rect, other.rect) > 4.0
            and one.field.partition("#")[0] != other.field.partition("#")[0]  # a field may stand twice
        ]
        assert crossing == []


def overlap(one: Rect, other: Rect) -> float:
    """How far two boxes share ground, in points, the smaller of both directions."""
    across = min(one.right, other.right) - max(one.left, other.left)
    up = min(one.top, other.top) - max(one.bottom, other.bottom)
    return min(across, up)


def test_a_form_is_found_by_its_id_in_any_case_and_an_unknown_one_named() -> None:
    assert paper_map.for_form("N-400") == paper_map.for_form("n-400")
    with pytest.raises(BadInput, match=r"no paper map for form 'x-1'\. Forms that can be filled: .*n-400"):
        paper_map.for_form("x-1")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("not toml at all [", "not a paper map"),
        ('form = "X-1"\n', "the top of the file"),
        (HEAD + '[[item]]\nid = "P1"\ntitle = "T"\npart = "1"\nnumber = "1"\nkind = "text"\n', "item P1"),
        (
            HEAD + '[[item]]\nid = "P2"\ntitle = "T"\npart = "1"\nnumber = "1"\nkind = "text"\n'
            'boxes = [[1, [0, 0, 10], "f"]]\n',
            "item P2",
        ),
        (HEAD + '[[list]]\nid = "P3"\n', "list P3"),
        (HEAD + "[[block]]\n", "the blocks"),
    ],
)
def test_a_map_that_cannot_be_read_says_which_entry(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "paper.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadInput, match=says):
        paper_map.read(path)
