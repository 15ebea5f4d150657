"""An invented applicant with an answer for every item of the N-400, and what each should read as."""

from __future__ import annotations

from typing import Final

from forms.paper.paper_map import PaperMap

_TEXTS: Final[dict[str, object]] = {
    "a_number": "A 61-234-507",
    "P1.1": "G",
    "P1.1.field_office": "New York - USCIS Queens Field Office",
    "P1.1.other": "Section 319(x) specimen",
    "P2.1.family": "Example-Ñandú",
    "P2.1.given": "Žofia",
    "P2.1.middle": "Đorđević",
    "P2.3": "Y",
    "P2.3.family": "Newname",
    "P2.3.given": "Sophie",
    "P2.3.middle": "Mary",
    "P2.4": "012345678901",
    "P2.5": "F",
    "P2.6": "1984-02-29",
    "P2.7": "2021-10-04",
    "P2.8": "Bangladesh",
    "P2.9": "Nepal",
    "P2.12b": "000-12-3456",
    "P3.1": "H",
    "P3.2": ["AIAN", "NHPI"],
    "P3.3": {"feet": 5, "inches": 11},
    "P3.4": 98,
    "P3.5": "MAR",
    "P3.6": "SDY",
    "P4.1.care_of": "Care Example",
    "P4.1.street": "74-09 Sample Avenue",
    "P4.1.unit_type": "STE",
    "P4.1.unit": "3B",
    "P4.1.city": "Jackson Heights",
    "P4.1.state": "NY",
    "P4.1.zip": "11372",
    "P4.1.province": "Specimen Province",
    "P4.1.postal": "PC1 2AB",
    "P4.1.country": "USA",
    "P4.1.from": "2023-05-01",
    "P4.3.care_of": "Mail Example",
    "P4.3.street": "1 Postbox Lane",
    "P4.3.unit_type": "FLR",
    "P4.3.unit": "9",
    "P4.3.city": "Albany",
    "P4.3.state": "MA",
    "P4.3.zip": "12207",
    "P4.3.province": "Otherprov",
    "P4.3.postal": "99999",
    "P4.3.country": "Canada",
    "P5.1": "separated",
    "P5.3": 2,
    "P5.4.family": "Spouse-Example",
    "P5.4.given": "Farid",
    "P5.4.middle": "Q",
    "P5.4.dob": "1979-07-11",
    "P5.4.married": "2008-12-20",
    "P5.5a": "other",
    "P5.5b": "2015-03-02",
    "P5.6": "1234567",
    "P5.7": 3,
    "P5.8": "Specimen Bakery LLC",
    "P6.1": 3,
    "P9.22c.date": "2003-04-05",
    "P9.22c.number": "84-1234567-8",
    "P9.30.titles": "Baroness of Example",
    "P10.2": 45000,
    "P10.3": 4,
    "P10.4": 2,
    "P10.5b": "Head Example",
    "P11.phone": "(718) 555-0142",
    "P11.mobile": "+1 718 555 0143",
    "P11.email": "nusrat@example.org",
    "P12.family": "Sample",
    "P12.given": "Ruma",
    "P12.organization": "Example Community Center",
    "P12.phone": "7185550100",
    "P12.mobile": "7185550101",
    "P12.email": "ruma@example.org",
    "P12.language": "Bengali",
    "P13.family": "Volunteer",
    "P13.given": "Jo",
    "P13.organization": "Example Desk",
    "P13.phone": "7185550102",
    "P13.mobile": "7185550103",
    "P13.email": "jo@example.org",
}
_ROWS: Final[dict[str, list[dict[str, str]]]] = {
    "P2.2": [
        {"family": "Muster", "given": "Sofie", "middle": "A"},
        {"family": "Пример", "given": "София", "middle": "Б"},
    ],
    "P4.1.prior": [
        {"address": f"{n} Old St", "city": f"Town {n}", "state": "NJ", "zip": f"0710{n}", "country": "USA",
         "from": f"201{n}-02-15", "to": f"201{n + 1}-02-14"}
        for n in (5, 3, 4)
    ],
    "P6.2": [
        {"name": f"Child{n} Example", "dob": f"201{n}-03-09", "residence": "with_me",
         "relationship": "stepchild", "support": support}
        for n, support in ((2, "Y"), (4, "N"), (6, "Y"))
    ],
    "P7": [
        {"employer": f"Shop {n}", "city": f"Place {n}", "state": "NY", "zip": f"1000{n}", "country": "USA",
         "from": f"201{n}-03-01", "to": to, "occupation": f"Baker {n}"}
        for n, to in ((6, "2019-01-31"), (9, "PRESENT"), (4, "2016-02-28"))
    ],
    "P8": [
        {"left": f"201{n}-06-20", "returned": f"201{n}-08-27", "countries": f"Country{n}, Nepal"}
        for n in (3, 8, 5, 7, 6, 4)
    ],
    "P9.15": [
        {"offense": f"Offense{n}", "date": f"201{n}-01-14", "conviction": f"201{n}-02-15",
         "place": f"Queens{n}, NY", "disposition": f"Fined ${n}0", "sentence": f"{n} days"}
        for n in range(1, 6)
    ],
}  # fmt: skip  # a row a line reads as the form does
_OLDEST_LAST: Final = {"P4.1.prior": "from", "P7": "from", "P8": "left"}
_WORDS: Final = {"with_me": "resides with me"}
READS: Final = {
    "a_number": "061234507", "P2.12b": "000123456", "P5.6": "001234567", "P9.22c.number": "8412345678",
    "P11.phone": "7185550142", "P11.mobile": "7185550143",
}  # fmt: skip


def every_item(paper_map: PaperMap) -> dict[str, object]:
    """An answer for each item of the form: Yes and No by turns where nothing else is said."""
    items: dict[str, object] = {**_TEXTS, **_ROWS}
    for at, question in enumerate(paper_map.questions):
        if question.kind == "check" and question.id not in items:
            items[question.id] = "YN"[at % 2]
    items["P2.6.other"] = ["1984-03-01", "1985-02-28"]
    items["P2.9.other"] = ["Bhutan"]
    return items


def newest_first(name: str) -> list[dict[str, str]]:
    """The rows of a list in the order they have to print."""
    key = _OLDEST_LAST.get(name)
    return sorted(_ROWS[name], key=lambda row: row[key], reverse=True) if key else list(_ROWS[name])


def printed(value: object) -> str:
    """A value as the form wants it written: dates turned round, codes in words."""
    text = str(value)
    if len(text) == 10 and text[4] == text[7] == "-":
        return f"{text[5:7]}/{text[8:]}/{text[:4]}"
    return _WORDS.get(text, text)
