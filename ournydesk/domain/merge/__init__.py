"""What a record comes to, from all that was said about it. Layer: domain, standard library only.

Every answer is a multi-value register (PROTOCOL.md, "Merge"): a write names the writes it stands in
place of, and what nobody named is live. Two people who had not seen each other leave two live answers,
shown to a human; the greater (stamp, device, place) is shown first meanwhile. The result is a function of
the *set* of operations, so no order of arrival, and no repetition, can matter.

A row is a register too: puts and takings. A taking names every write in the row its author had seen;
a write it did not name keeps the row, and the row is reported. Answers to questions with several
choices are registers like all others: two lists ticked apart are a conflict, they are not united.
"""

from ournydesk.domain.merge.clock import START, next_stamp, observed
from ournydesk.domain.merge.effect import effect
from ournydesk.domain.merge.fold import fold
from ournydesk.domain.merge.state import NOTHING, KeptRow, Live, Merged, Placed, RowWrites, Told
from ournydesk.domain.merge.writing import keep_row, over_for, over_row, restated, to_writes

__all__ = [
    "NOTHING",
    "START",
    "KeptRow",
    "Live",
    "Merged",
    "Placed",
    "RowWrites",
    "Told",
    "effect",
    "fold",
    "keep_row",
    "next_stamp",
    "observed",
    "over_for",
    "over_row",
    "restated",
    "to_writes",
]
