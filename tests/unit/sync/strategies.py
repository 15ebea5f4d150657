"""Any message of the protocol, for the laws that hold for all of them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import get_type_hints

from hypothesis import strategies as st

from ournydesk.domain.operations import DeviceId, Head, OpId
from sync.protocol import messages
from sync.protocol.codec import LONGEST_TEXT

HEX = "0123456789abcdef"
COUNTS = st.integers(0, 10**17)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
DEVICES = st.text(HEX, min_size=32, max_size=32).map(DeviceId)
OP_IDS = st.text(HEX, min_size=64, max_size=64).map(OpId)
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2199, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - bounds are naive by Hypothesis' rule
HEADS = st.builds(Head, COUNTS, st.text(HEX, min_size=64, max_size=64))

for kind, strategy in (
    (int, COUNTS),
    (str, TEXTS),
    (bytes, st.binary(max_size=60)),
    (DeviceId, DEVICES),
    (OpId, OP_IDS),
    (datetime, MOMENTS),
    (Head, HEADS),
):
    st.register_type_strategy(kind, strategy)

KINDS = tuple(
    kind
    for kind in vars(messages).values()
    if isinstance(kind, type)
    and kind.__module__ == messages.__name__
    and hasattr(kind, "__dataclass_fields__")
)
"""Every message there is; one that is added is tried without being named here."""


def of(kind: type) -> st.SearchStrategy[object]:
    """Any message of a kind, every field of it given."""
    hints = get_type_hints(kind)
    return st.builds(kind, **{name: _field(hint) for name, hint in hints.items()})


def _field(hint: object) -> st.SearchStrategy[object]:
    if hint is DeviceId:
        return DEVICES
    if hint is OpId:
        return OP_IDS
    return st.from_type(hint)  # type: ignore[arg-type]  # what a dataclass says of its field


ANY = st.sampled_from(KINDS).flatmap(of)
TOO_LONG = "x" * (LONGEST_TEXT + 1)
