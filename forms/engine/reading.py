"""From XForm XML to specs: the one place that knows how a form is written. Layer: forms.engine."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from lxml import etree

from forms.engine import codecs, parts
from forms.engine.body import Body, Control, bounds, line_of, resolve
from forms.engine.closed_xml import parse as parse_xml
from forms.engine.definitions import Definition, Kind
from forms.engine.expressions import Compiler
from forms.engine.faults import ExpressionFault, FormRefused
from forms.engine.grammar import Expression, Path, Step, parse
from forms.engine.instances import Instances
from forms.engine.model import Action, Item, Itemset, Rule, Spec
from forms.engine.names import (
    BIND,
    H_BODY,
    H_HEAD,
    H_HTML,
    H_TITLE,
    INSTANCE,
    ITEXT,
    JAVAROSA,
    MODEL,
    ODK,
    OPENROSA,
    SETGEOPOINT,
    SETVALUE,
    XFORMS,
    XSD,
    local,
    namespace,
)
from forms.engine.shapes import changes, constant_truth
from forms.engine.wording import (
    Entries,
    Words,
    read_entries,
    words_from_element,
    words_from_message,
    words_from_reference,
)

Element = etree._Element  # noqa: SLF001 - the only name lxml gives its elements
MAX_ELEMENTS: Final = 700_000
MAX_NODES: Final = 20_000
MAX_BODY: Final = 200_000
"""How many tags the body may have."""
_BODY: Final = re.compile(rb"<(?:[\w.-]+:)?body[\s>].*", re.DOTALL)
EVENTS: Final = frozenset(
    {"odk-instance-first-load", "odk-instance-load", "odk-new-repeat", "xforms-value-changed"}
)
_KNOWN_BIND: Final = frozenset({XFORMS, JAVAROSA, OPENROSA, ODK, ""})


class Reader:
    """Reads one form. Afterwards its attributes are what :class:`forms.engine.form.Form` keeps."""

    def __init__(self, xml: bytes, files: Mapping[str, bytes]) -> None:
        if xml.count(b"<") - xml.count(b"</") > MAX_ELEMENTS:
            raise FormRefused(
                f"The form has more than {MAX_ELEMENTS} elements. Keep long lists in a CSV file."
            )
        shown = _BODY.search(xml)
        if shown is not None and shown[0].count(b"<") > MAX_BODY:
            raise FormRefused(f"The form's body has more than {MAX_BODY // 2} elements.")
        html = parse_xml(xml, "The form")
        if html.tag != H_HTML:
            raise FormRefused(
                f"This is no ODK XForm: it begins with <{local(html.tag)}> instead of <h:html>.",
                construct=local(html.tag),
            )
        head, body = html.find(H_HEAD), html.find(H_BODY)
        model = None if head is None else head.find(MODEL)
        if head is None or body is None or model is None:
            raise FormRefused("The form lacks its <h:head>, its <model> or its <h:body>.")
        self.namespaces = parts.namespaces(html)
        self.title = "".join((head.findtext(H_TITLE) or "").split("\n")).strip()
        instances = list(model.iterchildren(INSTANCE))
        self.primary = parts.primary(instances)
        self.binds = parts.binds(model)
        self._meta()
        self.entries: Entries = read_entries(model.iterchildren(ITEXT))
        self.instances = Instances(parts.sources(instances[1:], files))
        self.body = Body(body, parts.path_of(self.primary))
        self.specs: dict[str, Spec] = {}
        self._attributes = self._attribute_names(model)
        root_path = parts.path_of(self.primary)
        self._nodes = 0
        self.root = self._spec(self.primary, root_path, None, [self.primary])
        fixed = [path for path, spec in self.specs.items() if not spec.depth]
        self.compiler = Compiler(self.namespaces, frozenset(fixed))
        for spec in self.specs.values():
            self._fill(spec)
        for path in self.body.controls:
            if path not in self.specs:
                line = self.body.controls[path].element.sourceline
                raise FormRefused(
                    f"A control (line {line}) asks {path}, which the model does not have.", path=path
                )
        self._actions(model)
        self.definition = self._define(self.root)

    def _meta(self) -> None:
        """Every form has a ``meta/instanceID``, both of one namespace; one that leaves it out gets it."""
        root = self.primary
        known = ("meta", f"{{{XFORMS}}}meta", f"{{{OPENROSA}}}meta")
        meta = next((child for child in root.iterchildren(etree.Element) if child.tag in known), None)
        if meta is None:
            prefix = next((str(one) for one, uri in self.namespaces.items() if uri == OPENROSA), None)
            tag = f"{{{OPENROSA}}}meta" if prefix else "meta"
            meta = etree.SubElement(root, tag, nsmap={prefix: OPENROSA} if prefix else None)
        tag = meta.tag.removesuffix("meta") + "instanceID"
        if any(child.tag == tag for child in meta.iterchildren(etree.Element)):
            return
        identity = etree.SubElement(meta, tag)
        bind = etree.Element(BIND)
        bind.set(f"{{{JAVAROSA}}}preload", "uid")
        self.binds[self._path(identity)] = bind

    def _path(self, element: Element) -> str:
        above = element.getparent()
        return f"{'' if above is None else self._path(above)}/{parts.name_of(element)}"

    def _spec(self, element: Element, path: str, parent: Spec | None, same: list[Element]) -> Spec:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise FormRefused(f"The form has more than {MAX_NODES} questions and groups.")
        control = self.body.controls.get(path)
        repeats = control is not None and control.name == "repeat"
        if len(same) > 1 and not repeats:
            raise FormRefused(f"The model has {path} {len(same)} times, but no repeat covers it.", path=path)
        kind, spec_name = Kind.GROUP, parts.name_of(element)
        template, defaults = element, list[Element]()
        if repeats:
            kind = Kind.REPEAT
            template, defaults = parts.template_of(same)
        leaf = not repeats and not any(True for _ in element.iterchildren(etree.Element))
        if leaf:
            kind = Kind.HIDDEN if control is None or control.name == "group" else Kind.QUESTION
        definition = Definition(path=path, name=spec_name, kind=kind, parent=parent.path if parent else "")
        spec = Spec(definition, template.tag, len(self.specs), parent, template, leaf)
        spec.defaults = defaults
        spec.depth = (parent.depth if parent else 0) + repeats
        if path in self.specs:
            raise FormRefused(f"The model has {path} twice.", path=path)
        self.specs[path] = spec
        for name in self._attributes.get(path, ()):
            self._attribute(spec, element, name)
        if not leaf:
            by_name: dict[str, list[Element]] = {}
            for child in template.iterchildren(etree.Element):
                by_name.setdefault(parts.name_of(child), []).append(child)
            for name, children in by_name.items():
                spec.children.append(self._spec(children[0], f"{path}/{name}", spec, children))
        return spec

    def _attribute_names(self, model: Element) -> dict[str, list[str]]:
        """The attributes that binds and actions of the model are about, by their element's path."""
        targets = [element.get("ref", "") for element in model.iterchildren(SETVALUE)]
        found: dict[str, list[str]] = {}
        for path in dict.fromkeys([*self.binds, *targets]):
            owner, mark, name = path.strip().rpartition("/@")
            if mark:
                found.setdefault(owner, []).append(name)
        return found

    def _attribute(self, owner: Spec, element: Element, name: str) -> None:
        prefix, colon, rest = name.partition(":")
        tag = f"{{{self.namespaces.get(prefix, prefix)}}}{rest}" if colon else name
        if element.get(tag) is None:
            raise FormRefused(f"The model has no attribute {owner.path}/@{name}.", path=owner.path)
        definition = Definition(f"{owner.path}/@{name}", f"@{name}", Kind.HIDDEN, parent=owner.path)
        spec = Spec(definition, tag, len(self.specs), owner, owner.template, leaf=True)
        spec.depth = owner.depth
        owner.attributes.append(spec)
        self.specs[spec.path] = spec

    def _rule(self, spec: Spec, source: str | None, what: str) -> Rule | None:
        if source is None:
            return None
        try:
            return Rule(source, self.compiler.ready(source, spec.path), constant_truth(parse(source)))
        except ExpressionFault as fault:
            raise FormRefused(
                f"{spec.path}, {what}: {fault.message}", path=spec.path, construct=what
            ) from fault

    def _fill(self, spec: Spec) -> None:
        bind = self.binds.get(spec.path)
        control = self.body.controls.get(spec.path)
        attributes: dict[str, str] = {}
        declared = None
        if bind is not None:
            declared = bind.get("type")
            for what in ("relevant", "readonly", "required", "constraint", "calculate"):
                setattr(spec, what, self._rule(spec, bind.get(what), what))
            spec.preload = (
                bind.get(f"{{{JAVAROSA}}}preload", ""),
                bind.get(f"{{{JAVAROSA}}}preloadParams", ""),
            )
            spec.constraint_words = words_from_message(bind.get(f"{{{JAVAROSA}}}constraintMsg"))
            spec.required_words = words_from_message(bind.get(f"{{{JAVAROSA}}}requiredMsg"))
            attributes = self._foreign(bind)
        if spec.calculate is not None:
            spec.changing = changes(parse(spec.calculate.source))
        type_name = self._type(declared, control)
        spec.codec = codecs.CODECS.get(type_name, codecs.plain)
        details = replace(
            spec.definition, type=type_name, attributes=attributes, calculated=bool(spec.calculate)
        )
        if control is not None:
            details = self._with_control(spec, details, control)
        spec.definition = details

    def _foreign(self, bind: Element) -> dict[str, str]:
        prefixes = {uri: prefix for prefix, uri in self.namespaces.items()}
        return {
            f"{prefixes.get(namespace(name), namespace(name))}:{local(name)}": str(text)
            for name, text in bind.attrib.items()
            if isinstance(name, str) and namespace(name) not in _KNOWN_BIND
        }

    def _type(self, declared: str | None, control: Control | None) -> str:
        if declared is None:
            return "binary" if control is not None and control.name == "upload" else "string"
        name = codecs.ALIASES.get(declared, declared)
        if name not in codecs.TYPES and ":" in name:
            prefix, _, rest = name.partition(":")
            if self.namespaces.get(prefix, XSD) == XSD:
                name = codecs.ALIASES.get(rest, rest)
        return name if name in codecs.TYPES else "string"

    def _with_control(self, spec: Spec, details: Definition, control: Control) -> Definition:
        name = control.name
        spec.label = self._words(spec, control.label)
        spec.hint = self._words(spec, control.hint)
        if name == "repeat":
            spec.count = self._rule(spec, control.count, "jr:count")
            held = control.no_add_remove is not None and constant_truth(parse(control.no_add_remove))
            if spec.count is None and held:
                spec.fixed_count = max(1, len(spec.defaults))
            counted = spec.count is not None or spec.fixed_count is not None
            return replace(details, appearance=control.appearance, counted=counted)
        if name == "group":
            return replace(details, appearance=control.appearance)
        if not spec.leaf:
            raise FormRefused(f"A <{name}> asks {spec.path}, which is a group.", path=spec.path)
        self._choices(spec, control)
        media, limits = "", ("", "", "")
        match name:
            case "select1" | "select" | "rank":
                if details.type != "string":
                    raise FormRefused(
                        f"The {name} {spec.path} has type {details.type}; choices are always text.",
                        path=spec.path,
                    )
                spec.codec = codecs.plain if name == "select1" else codecs.several
            case "trigger":
                spec.codec = codecs.trigger
            case "range":
                limits = bounds(control)
                if details.type not in ("int", "decimal"):
                    raise FormRefused(f"The range {spec.path} must be int or decimal.", path=spec.path)
                spec.codec = codecs.ranged(spec.codec, limits[0], limits[1])
            case "upload":
                media = control.element.get("mediatype", "*/*")
        kind = Kind.QUESTION
        always = spec.readonly is not None and spec.readonly.fixed is True
        if name == "input" and always and (spec.label or spec.hint) and spec.calculate is None:
            kind = Kind.NOTE
        return replace(
            details, kind=kind, control=name, appearance=control.appearance, media=media, bounds=limits
        )

    def _words(self, spec: Spec, element: Element | None) -> Words | None:
        try:
            words = words_from_element(element)
            for source in () if words is None else words.sources(self.entries):
                self.compiler.ready(source, spec.path)
        except ExpressionFault as fault:
            raise FormRefused(f"{spec.path}, label or hint: {fault.message}", path=spec.path) from fault
        return words

    def _choices(self, spec: Spec, control: Control) -> None:
        items: list[Item] = []
        for child in control.element.iterchildren(etree.Element):
            name = local(child.tag)
            if name == "item":
                items.append(self._item(spec, child))
            elif name == "itemset":
                spec.itemset = self._itemset(spec, child)
        if items and spec.itemset is not None:
            raise FormRefused(f"{spec.path} has both an itemset and choices of its own.", path=spec.path)
        spec.items = tuple(items)

    def _item(self, spec: Spec, element: Element) -> Item:
        value = next((one for one in element.iterchildren(etree.Element) if local(one.tag) == "value"), None)
        if value is None:
            raise FormRefused(f"A choice of {spec.path} has no value.", path=spec.path)
        label = next((one for one in element.iterchildren(etree.Element) if local(one.tag) == "label"), None)
        text = value.text or ""
        return Item(text, self._words(spec, label) or Words((text,)))

    def _itemset(self, spec: Spec, element: Element) -> Itemset:
        nodes = element.get("nodeset", element.get("ref"))
        held = {local(one.tag): one for one in element.iterchildren(etree.Element)}
        value = held["value"].get("ref") if "value" in held else None
        if nodes is None or value is None:
            raise FormRefused(f"The choices of {spec.path} do not say where they come from.", path=spec.path)
        try:
            tree = parse(value)
            ready = Rule(value, self.compiler.ready(value))
            label = held["label"].get("ref") if "label" in held else None
            words = None if label is None else words_from_reference(label)
            for source in () if words is None else words.sources(self.entries):
                self.compiler.ready(source)
        except ExpressionFault as fault:
            raise FormRefused(f"{spec.path}, choices: {fault.message}", path=spec.path) from fault
        rule = self._rule(spec, nodes, "choices")
        if rule is None:
            raise FormRefused(f"The choices of {spec.path} do not say where they come from.", path=spec.path)
        return Itemset(rule, ready, words, self._tag_of(tree))

    def _tag_of(self, tree: Expression) -> str:
        match tree:
            case Path(None, (Step("child", test, ()),)) if test != "*" and not test.endswith(("()", ":*")):
                return self.compiler.tag(test)
            case _:
                return ""

    def _actions(self, model: Element) -> None:
        for element in model.iterchildren(SETVALUE, SETGEOPOINT):
            self._action(element, "")
        for control in self.body.controls.values():
            for element in control.setvalues:
                self._action(element, control.path)

    def _action(self, element: Element, source: str) -> None:
        line = line_of(element)
        name = local(element.tag)
        events = frozenset((element.get("event") or "").split())
        unknown = sorted(events - EVENTS)
        if unknown:
            raise FormRefused(f"A {name} (line {line}) waits for {', '.join(unknown)}, which never happens.")
        if "odk-new-repeat" in events and not source:
            raise FormRefused(
                f"A {name} in the model (line {line}) waits for odk-new-repeat; move it into its repeat."
            )
        target = self._target(element, line, source)
        spec = self.specs.get(target)
        if spec is None:
            raise FormRefused(
                f"A {name} (line {line}) writes to {target or 'nowhere'}, which is not in the model."
            )
        if element.tag == SETGEOPOINT:
            return
        text = element.text or ""
        value = element.get("value")
        expression = (value or "''") if value is not None else None
        rule = self._rule(spec, expression, "setvalue")
        run = (lambda _context: text) if rule is None else rule.run
        spec.actions.append(Action(target, events, run, expression or "", source))

    def _target(self, element: Element, line: int, source: str) -> str:
        reference = element.get("ref")
        if reference is not None:
            return resolve(reference, source or self.root.path, line)
        wanted = element.get("bind")
        return next((path for path, bind in self.binds.items() if wanted and bind.get("id") == wanted), "")

    def _define(self, spec: Spec) -> Definition:
        children = tuple(self._define(child) for child in spec.children)
        spec.definition = replace(spec.definition, children=children)
        return spec.definition
