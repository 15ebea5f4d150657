"""How long our own documents take. Limits: 12 pages in two languages 0.5 s; a page on screen soon."""

from __future__ import annotations

import gc
import statistics
import time
import tracemalloc
from collections.abc import Callable
from io import BytesIO

from pypdf import PdfReader

from forms.paper.fonts import Fonts
from forms.paper.packet import packet
from forms.paper.preview import Pages
from ournydesk.domain.documents import Packet, PacketSection
from tests.bench import Measure
from tests.integration.packet.builders import a_packet, a_row, a_sheet, both, trips

PAGES = 12


def twelve_pages() -> Packet:
    """An invented packet of twelve pages, a third of it tables."""
    about = [
        a_row(
            f"Have you ever, in any country and for any reason, been asked question number {number}?",
            f"আপনাকে কি কখনো, যেকোনো দেশে এবং যেকোনো কারণে, {number} নম্বর প্রশ্ন করা হয়েছে?",
            both(f"Yes. Answer {number}, with a few words more.", f"হ্যাঁ। উত্তর {number}, আরও কয়েকটি কথা সহ।"),
        )
        for number in range(64)
    ]
    sections = tuple(
        PacketSection(
            title=both(f"Section {at}", f"অংশ {at}"),
            rows=tuple(about[at * 16 : at * 16 + 16]),
            tables=(trips(15),),
        )
        for at in range(4)
    )
    return a_packet(sections=sections, attorney=a_sheet())


def measure() -> list[Measure]:
    """Median times of seven runs, and what sixty packets leave in memory."""
    document = twelve_pages()
    first = _once(lambda: packet(document, Fonts()))
    pdf = packet(document)
    pages = len(PdfReader(BytesIO(pdf)).pages)
    with Pages(pdf) as shown:
        seen = _median(lambda: shown.render(3, 2.0))
    return [
        Measure(f"packet of {pages} pages, fonts already open", _median(lambda: packet(document)), "s", 0.5),
        Measure(f"packet of {pages} pages, first of the process", first, "s", 0.5),
        Measure("its size", len(pdf) / 1024, "KiB"),
        Measure("one page rendered at 144 dpi", seen * 1000, "ms"),
        Measure("memory kept after 20 more packets", _kept(document, 20), "MiB"),
    ]


def _once(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _median(work: Callable[[], object], runs: int = 7) -> float:
    return statistics.median(_once(work) for _ in range(runs))


def _kept(document: Packet, count: int) -> float:
    tracemalloc.start()
    try:
        packet(document)
        gc.collect()
        before, _ = tracemalloc.get_traced_memory()
        for _ in range(count):
            packet(document)
        gc.collect()
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    return (after - before) / 1024 / 1024
