"""Random XForms written by hand's rules, not a spreadsheet's: actions, rows of the form, odd references.

pyxform writes tidy forms; partners' forms are not all tidy. One seed gives one form.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from tests.odk.phrases import CONSTRAINTS, GATHERED, NUMBERS, ROW_WISE, TEXTS, TRUTHS

LANGUAGES: Final = ("English (en)", "Français (fr)")
CITIES: Final = b"name,label,size,region\na,Ada,1,n\nb,Bee,2,n\nc,Sea,3,s\n1,One,x,s\n2,Two,2,\n"
TYPES: Final = (
    *("string", "string", "string", "int", "int", "decimal", "decimal", "date", "time", "dateTime"),
    *("geopoint", "geotrace", "barcode", "select1", "select1", "select", "rank", "range", "trigger"),
)
ROLES: Final = ("asked", "asked, calculated", "calculated", "begun", "followed")
"""Who writes a leaf: a person, the form, an action of the load, or one of another answer."""
_ENVELOPE: Final = (
    '<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
    'xmlns:jr="http://openrosa.org/javarosa" xmlns:odk="http://www.opendatakit.org/xforms">'
    "<h:head><h:title>Wild</h:title><model>{model}</model></h:head><h:body>{body}</h:body></h:html>"
)


@dataclass(frozen=True, slots=True)
class Place:
    """A group or repeat of the form: its path and the repeats around and including it."""

    path: str
    repeats: tuple[str, ...] = ()


@dataclass
class Wild:
    """Builds one form, leaf by leaf; a rule mentions leaves made before it."""

    rng: random.Random
    places: list[Place] = field(default_factory=list)
    leaves: list[tuple[str, Place, str]] = field(default_factory=list)
    """Path, place and type of what rules may mention."""
    binds: list[str] = field(default_factory=list)
    content: dict[str, list[str]] = field(default_factory=dict)
    controls: dict[str, list[str]] = field(default_factory=dict)
    texts: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    actions: list[str] = field(default_factory=list)
    free: list[tuple[str, Place]] = field(default_factory=list)
    """Leaves that only an action of a control writes to."""
    given: list[str] = field(default_factory=list)
    """Leaves that only a person writes to."""

    # -- references -----------------------------------------------------------------------------

    def reference(self, source: Place, target: tuple[str, Place, str]) -> str:
        """One way to say the answer of ``target`` at a leaf of ``source``."""
        path, place, _ = target
        shared = [repeat for repeat in place.repeats if repeat in source.repeats]
        if len(shared) < len(place.repeats):
            rows, last = place.repeats[-1], path.rpartition("/")[2]
            many = path if not shared else relative(source.path, path)
            near = rows if not shared else relative(source.path, rows)
            if "/" in path[len(rows) + 1 :]:
                last = path[len(rows) + 1 :]
            return self.rng.choice(GATHERED).format(many=many, rows=near, last=last)
        if shared and self.rng.random() < 0.15:
            last = path[len(shared[-1]) + 1 :]
            return self.rng.choice(ROW_WISE[2:]).format(many=path, rows=shared[-1], last=last)
        way = relative(source.path, path)
        if shared:
            return self.rng.choice([way, way, f"current()/{way}"])
        return self.rng.choice([path, path, way])

    def phrase(self, kinds: Sequence[str], source: Place, *, words: bool = False) -> str:
        """An expression about answers that were made before."""
        text = self.rng.choice(kinds)
        if source.repeats and text == "position(..)" and source.path != source.repeats[-1]:
            text = "1"
        if not source.repeats and text == "position(..)":
            text = "position(/data)"
        # What an action of an answer writes must not decide over that answer.
        mentioned = [target for target in self.leaves if words or (target[0], target[1]) not in self.free]
        for slot in ("a", "b"):
            said = self.reference(source, self.rng.choice(mentioned)) if mentioned else "'1'"
            text = text.replace(f"{{{slot}}}", said)
        return text

    # -- parts ----------------------------------------------------------------------------------

    def words(self, path: str, tag: str, source: Place) -> str:
        """A label or hint: literal, with an output, or translated."""
        output = f"<output value={quoteattr(self.phrase((*TEXTS, *NUMBERS), source, words=True))}/>"
        name = path.rpartition("/")[2]
        roll = self.rng.random()
        if roll < 0.5:
            return f"<{tag}>{tag} {name} &amp; {output}</{tag}>"
        identity = f"{path}:{tag}"
        for language in LANGUAGES:
            words = f"{tag} {name} {language[:2]} {output}"
            self.texts.setdefault(language, []).append((identity, words))
        return f"<{tag} ref=\"jr:itext('{identity}')\"/>"

    def leaf(self, number: int) -> None:
        """One question or calculation somewhere."""
        rng = self.rng
        place = rng.choice(self.places)
        kind = rng.choice(TYPES)
        path = f"{place.path}/q{number}"
        rules: dict[str, str] = {"type": model_type(kind, rng)}
        for rule, share in (("relevant", 0.3), ("required", 0.25), ("readonly", 0.1)):
            if rng.random() < share:
                rules[rule] = self.phrase(TRUTHS, place)
        if rng.random() < 0.3:
            rules["constraint"] = self.phrase(CONSTRAINTS, place)
            rules["jr:constraintMsg"] = "Look again."
        typed = kind not in {"select1", "select", "rank", "trigger", "geopoint", "geotrace"}
        role = rng.choices(ROLES, (60, 8, 18, 8, 6))[0] if typed else "asked"
        if "calculated" in role:
            rules["calculate"] = self.phrase((*TEXTS, *NUMBERS), place)
        default = rng.choice(["", "", "", "1", "2", "x y"]) if typed and kind not in {"date", "time"} else ""
        self.content.setdefault(place.path, []).append(f"<q{number}>{default}</q{number}>")
        self.binds.append(bind(path, rules))
        if role == "asked":
            self.given.append(path)
        if "asked" in role:
            self.controls.setdefault(place.path, []).append(self.control(kind, path, place))
        elif role == "begun":
            self.action(path, place)
        elif role == "followed":
            self.free.append((path, place))
        self.leaves.append((path, place, kind))

    def control(self, kind: str, path: str, place: Place) -> str:
        """The control that asks a question."""
        inside = self.words(path, "label", place)
        if self.rng.random() < 0.2:
            inside += self.words(path, "hint", place)
        name = {"select1": "select1", "select": "select", "rank": "odk:rank"}.get(kind, "input")
        if kind in {"range", "trigger"}:
            name = kind
        attributes = ' start="0" end="10" step="1"' if kind == "range" else ""
        if kind in {"select1", "select", "rank"}:
            inside += self.choices(kind, place)
        if self.rng.random() < 0.2:
            inside += self.follow(place)
        return f"<{name} ref={quoteattr(path)}{attributes}>{inside}</{name}>"

    def choices(self, kind: str, place: Place) -> str:
        """Choices stated, looked up, filtered or shuffled."""
        rng = self.rng
        if rng.random() < 0.3:
            return "".join(
                f"<item><label>{name.upper()}</label><value>{name}</value></item>" for name in ("a", "b", "1")
            )
        source = rng.choice(["instance('l')/root/item", "instance('cities')/root/item"])
        key = "g" if "'l'" in source else "region"
        if kind != "rank" and rng.random() < 0.6:
            said = self.phrase(("{a}", "{a}", "string({a})", "concat({a}, '')"), place)
            source += rng.choice(
                [
                    f"[{key} = {said}]",
                    f"[{key} = {said} or name = 'a']",
                    f"[name != {said}]",
                    "[position() < 4]",
                ]
            )
        if rng.random() < 0.2:
            seed = self.phrase(("7", "{a}", "42"), place)
            source = f"randomize({source}, {seed})"
        return f'<itemset nodeset={quoteattr(source)}><value ref="name"/><label ref="label"/></itemset>'

    def follow(self, place: Place) -> str:
        """An action inside a control: it writes to a leaf that nothing calculates."""
        free = [path for path, where in self.free if where == place]
        if not free:
            return ""
        value = self.rng.choice(["1 + 1", "concat('s', position(..))", "'set'", "../q0"])
        return setvalue("xforms-value-changed", self.rng.choice(free), value)

    def action(self, path: str, place: Place) -> None:
        """An action of the load, or of a new row."""
        value = self.phrase((*TEXTS, *NUMBERS), place)
        if place.repeats:
            inner = setvalue("odk-new-repeat odk-instance-first-load", path, value)
            self.controls.setdefault(place.repeats[-1], []).append(inner)
        else:
            self.actions.append(setvalue("odk-instance-first-load", path, value))


def relative(start: str, target: str) -> str:
    """From a leaf of the group at ``start`` to a path: ``../../g/q2``."""
    here, there = start.split("/"), target.split("/")
    same = 0
    while same < min(len(here), len(there)) and here[same] == there[same]:
        same += 1
    return "/".join([".."] * (len(here) - same + 1) + there[same:])


def model_type(kind: str, rng: random.Random) -> str:
    """The bind type of a kind of question."""
    if kind == "range":
        return rng.choice(["int", "decimal"])
    return "string" if kind in {"select1", "select", "rank", "trigger"} else kind


def setvalue(event: str, path: str, value: str) -> str:
    """A ``<setvalue>``."""
    return f'<setvalue event="{event}" ref={quoteattr(path)} value={quoteattr(value)}/>'


def bind(path: str, rules: dict[str, str]) -> str:
    """A ``<bind>``."""
    return (
        f"<bind nodeset={quoteattr(path)}" + "".join(f" {k}={quoteattr(v)}" for k, v in rules.items()) + "/>"
    )


def wild(seed: int) -> tuple[bytes, dict[str, bytes]]:
    """The XForm of a seed, and the file it looks things up in."""
    rng = random.Random(seed)  # noqa: S311 - a seeded toy, not a secret
    one = Wild(rng)
    one.places = [Place("/data"), Place("/data"), Place("/data/g")]
    rows = [Place("/data/r", ("/data/r",)), Place("/data/r/h", ("/data/r",))]
    nested = Place("/data/r/s", ("/data/r", "/data/r/s"))
    if rng.random() < 0.75:
        one.places += rows
    if rng.random() < 0.4:
        one.places += [nested]
    for number in range(rng.randint(5, 12)):
        one.leaf(number)
    return assemble(one, seed).encode(), {"cities.csv": CITIES}


def assemble(one: Wild, seed: int) -> str:
    """The parts as one document."""
    rng, text = one.rng, {place: "".join(parts) for place, parts in one.content.items()}
    inner = text.get("/data/r/s", "") + "<end/>"
    row = f"{text.get('/data/r', '')}<h>{text.get('/data/r/h', '')}<end/></h>{{}}"
    given = f"<s>{inner}</s>" * rng.choice([1, 1, 2])
    template = row.format(f'<s jr:template="">{inner}</s>' + given * rng.choice([0, 1]))
    rows = f'<r jr:template="">{template}</r>' + f"<r>{row.format(given)}</r>" * rng.choice([0, 1, 1, 2])
    parts = [text.get("/data", ""), f"<g>{text.get('/data/g', '')}<end/></g>", rows, "<free>1</free><count/>"]
    rng.shuffle(parts)
    outside = [leaf for leaf in one.leaves if not leaf[1].repeats]
    root, counted = Place("/data"), ""
    # A count that an action or its own rows change is a circle.
    one.leaves = [leaf for leaf in outside if leaf[0] in one.given]
    if one.leaves and rng.random() < 0.25:
        counted = f" jr:count={quoteattr(one.phrase(('2', 'if({a} > 1, 3, 1)', 'string-length({a})'), root))}"
    binds = [
        bind("/data/count", {"calculate": "concat(count(/data/r), '|', count(/data/r/s))"}),
        bind("/data/meta/instanceID", {"jr:preload": "uid"}),
    ]
    # What a group's or repeat's rule mentions must not look inside it.
    one.leaves = [("/data/free", root, "string")]
    if rng.random() < 0.3:
        binds.append(bind("/data/g", {rng.choice(["relevant", "readonly"]): one.phrase(TRUTHS, root)}))
    if rng.random() < 0.3:
        binds.append(bind("/data/r", {"relevant": one.phrase(TRUTHS, root)}))
    items = "".join(
        f"<item><name>{name}</name><label>{name.upper()}</label><g>{group}</g></item>"
        for name, group in (("a", "1"), ("b", "1"), ("c", "2"), ("1", "2"), ("2", "x"))
    )
    itext = "".join(
        f"<translation lang={quoteattr(language)}>"
        + "".join(f"<text id={quoteattr(name)}><value>{words}</value></text>" for name, words in entries)
        + "</translation>"
        for language, entries in one.texts.items()
    )
    model = (
        (f"<itext>{itext}</itext>" if itext else "")
        + f'<instance><data id="wild{seed}" version="1">{"".join(parts)}<meta><instanceID/></meta></data>'
        + "</instance>"
        + f'<instance id="l"><root>{items}</root></instance>'
        + '<instance id="cities" src="jr://file-csv/cities.csv"/>'
        + "".join([*one.binds, *binds])
        + "".join(one.actions)
    )
    shown = {place: "".join(parts) for place, parts in one.controls.items()}
    label = escape("Rows of <r>")
    deep = f'<group ref="/data/r/s"><repeat nodeset="/data/r/s">{shown.get("/data/r/s", "")}</repeat></group>'
    body = (
        '<input ref="/data/free"><label>Free</label></input>'
        + shown.get("/data", "")
        + f'<group ref="/data/g"><label>G</label>{shown.get("/data/g", "")}</group>'
        + f'<group ref="/data/r"><label>{label}</label><repeat nodeset="/data/r"{counted}>'
        + f'{shown.get("/data/r", "")}<group ref="/data/r/h">{shown.get("/data/r/h", "")}</group>{deep}'
        + "</repeat></group>"
    )
    return _ENVELOPE.format(model=model, body=body)
