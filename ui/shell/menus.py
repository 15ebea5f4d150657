"""The menus above every page. What a page itself offers is found by the key it listens to. Layer: ui."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtGui import QAction, QActionGroup, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPlainTextEdit, QWidget

from ui.i18n import tr
from ui.shell.frame import Frame
from ui.theme.theme import TEXT_SIZES, Theme
from ui.theme.tokens import LOOKS, Appearance

FIELD_ACTS: Final = (
    ("Cu&t", "Ctrl+X", "cut"),
    ("&Copy", "Ctrl+C", "copy"),
    ("&Paste", "Ctrl+V", "paste"),
    ("Select &all", "Ctrl+A", "selectAll"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Acts:
    """What the menus call that no page can do."""

    new: Callable[[], None]
    show_list: Callable[[], None]
    hide: Callable[[], None]
    lock: Callable[[], None]
    quit: Callable[[], None]
    keys: Callable[[], None]
    support: Callable[[], None]
    pin: Callable[[], None]
    words: Callable[[], None]
    back_up: Callable[[], None]
    cases: Callable[[], None]
    team: Callable[[], None]
    batch: Callable[[], None]
    send: Callable[[], None]
    where: Callable[[], None]
    print_list: Callable[[], None]
    documents: Callable[[], None]
    erase: Callable[[], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of a menu: its words, its key, its object name, and what happens.

    Without ``act`` the line presses its key on the page that is shown, and waits while no page listens.
    """

    words: str
    keys: str
    name: str
    act: Callable[[], None] | None = None


Page = Callable[[], QWidget | None]


def add_menus(frame: Frame, theme: Theme, acts: Acts) -> None:
    """File, Edit, Intake, Clinic, View, Help."""
    page = frame.pages.currentWidget
    file = (
        Entry(words="&New intake", keys="Ctrl+N", name="menu_new", act=acts.new),
        Entry(words="&All intakes", keys="Ctrl+Home", name="menu_list", act=acts.show_list),
        None,
        Entry(words="&Print", keys="Ctrl+P", name="menu_print"),
        Entry(
            words="Print se&veral…",
            keys="Ctrl+Shift+P",
            name="menu_print_list",
            act=acts.print_list,
        ),
        None,
        Entry(words="&Hide the screen", keys="F11", name="menu_hide", act=acts.hide),
        Entry(words="&Lock", keys="Ctrl+L", name="menu_lock", act=acts.lock),
        None,
        Entry(words="Six &digits for breaks…", keys="", name="menu_pin", act=acts.pin),
        Entry(words="&Change the six words…", keys="", name="menu_words", act=acts.words),
        Entry(words="&Back up this seat…", keys="", name="menu_back_up", act=acts.back_up),
        None,
        Entry(words="&Quit", keys="Ctrl+Q", name="menu_quit", act=acts.quit),
    )
    intake = (
        Entry(words="&Save now", keys="Ctrl+S", name="menu_save"),
        None,
        Entry(words="Next section", keys="Ctrl+PgDown", name="menu_next"),
        Entry(words="Section before", keys="Ctrl+PgUp", name="menu_before"),
        Entry(words="Next &missing question", keys="F8", name="menu_missing"),
        Entry(words="Add a &row", keys="Ctrl+Shift+N", name="menu_row"),
        None,
        Entry(words="The &attorney was called", keys="F9", name="menu_attorney"),
        Entry(words="&Documents", keys="Ctrl+D", name="menu_documents", act=acts.documents),
        Entry(words="&Hand over", keys="Ctrl+Return", name="menu_hand_over"),
        None,
        Entry(words="The client says &no…", keys="Ctrl+Shift+X", name="menu_said_no"),
    )
    fill(frame.add_menu(tr("&File")), file, page)
    edit = frame.add_menu(tr("&Edit"))
    fill(edit, (Entry(words="&Undo", keys="Ctrl+Z", name="menu_undo"), None), page)
    _fill_field_acts(edit)
    fill(frame.add_menu(tr("&Intake")), intake, page)
    clinic = (
        Entry(words="&Cases", keys="Ctrl+1", name="menu_cases", act=acts.cases),
        Entry(words="&Team and server", keys="Ctrl+2", name="menu_team", act=acts.team),
        Entry(words="Write a &batch", keys="Ctrl+3", name="menu_batch", act=acts.batch),
        Entry(words="&Erase this case everywhere…", keys="", name="menu_erase", act=acts.erase),
        None,
        Entry(words="W&hat is where", keys="Ctrl+4", name="menu_where", act=acts.where),
        None,
        Entry(words="&Send and fetch now", keys="F5", name="menu_send", act=acts.send),
    )
    fill(frame.add_menu(tr("&Clinic")), clinic, page)
    _fill_view(frame.add_menu(tr("&View")), theme)
    keys = Entry(words="&Keys", keys="F1", name="menu_keys", act=acts.keys)
    support = Entry(words="For &support…", keys="", name="menu_support", act=acts.support)
    fill(frame.add_menu(tr("&Help")), (keys, support), page)


def fill(menu: QMenu, entries: Sequence[Entry | None], page: Page) -> None:
    """Put lines into a menu; None draws a rule."""
    of_page: list[tuple[QAction, str]] = []
    for entry in entries:
        if entry is None:
            menu.addSeparator()
            continue
        if entry.act is not None:
            made = menu.addAction(tr(entry.words))
            made.setShortcut(QKeySequence(entry.keys))
            made.triggered.connect(lambda _checked=False, act=entry.act: act())
        else:
            # The key is shown behind a tab, not set: the page listens to it, and of two listeners none hears.
            made = menu.addAction(f"{tr(entry.words)}\t{entry.keys}")
            made.triggered.connect(lambda _checked=False, keys=entry.keys: press(page(), keys))
            of_page.append((made, entry.keys))
        made.setObjectName(entry.name)
    menu.aboutToShow.connect(lambda: _enable(of_page, page()))


def press(page: QWidget | None, keys: str) -> None:
    """Do what a page does for a key."""
    shortcut = listener(page, keys)
    if shortcut is not None:
        shortcut.activated.emit()


def listener(page: QWidget | None, keys: str) -> QShortcut | None:
    """What listens to a key on a page."""
    wanted = QKeySequence(keys)
    found = page.findChildren(QShortcut) if page is not None else []
    return next((one for one in found if one.key() == wanted), None)


def _fill_field_acts(menu: QMenu) -> None:
    """Cut, copy, paste, select: in the field that has the cursor, which listens to the keys itself."""
    made = []
    for words, keys, name in FIELD_ACTS:
        action = menu.addAction(f"{tr(words)}\t{keys}")
        action.setObjectName(f"menu_{name}")
        action.triggered.connect(lambda _checked=False, name=name: _in_field(name))
        made.append(action)

    def look() -> None:
        for action in made:
            action.setEnabled(isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit))

    menu.aboutToShow.connect(look)


def _fill_view(menu: QMenu, theme: Theme) -> None:
    sizes, looks = QActionGroup(menu), QActionGroup(menu)
    scales: dict[float, QAction] = {}
    worn: dict[Appearance, QAction] = {}
    for scale in TEXT_SIZES:
        percent = round(scale * 100)
        words = tr("Text size {percent} %", percent=percent)
        scales[scale] = _choice(menu, sizes, words, f"text_size_{percent}")
        scales[scale].triggered.connect(lambda _checked=False, scale=scale: theme.resize(scale))
    for words, keys, name, by in (
        ("Larger text", ("Ctrl++", "Ctrl+="), "text_larger", 1),
        ("Smaller text", ("Ctrl+-",), "text_smaller", -1),
    ):
        action = menu.addAction(tr(words))
        action.setObjectName(name)
        action.setShortcuts([QKeySequence(one) for one in keys])
        action.triggered.connect(lambda _checked=False, by=by: theme.step(by))
    menu.addSeparator()
    for appearance, words in LOOKS.items():
        worn[appearance] = _choice(menu, looks, tr(words), f"appearance_{appearance.value}")
        worn[appearance].triggered.connect(lambda _checked=False, wanted=appearance: theme.wear(wanted))

    def look() -> None:
        for scale, action in scales.items():
            action.setChecked(abs(scale - theme.scale) < 0.01)
        for appearance, action in worn.items():
            action.setChecked(appearance is theme.appearance)

    look()
    menu.aboutToShow.connect(look)


def _choice(menu: QMenu, group: QActionGroup, words: str, name: str) -> QAction:
    action = menu.addAction(words)
    action.setObjectName(name)
    action.setCheckable(True)
    group.addAction(action)
    return action


def _enable(actions: Sequence[tuple[QAction, str]], page: QWidget | None) -> None:
    for action, keys in actions:
        action.setEnabled(listener(page, keys) is not None)


def _in_field(name: str) -> None:
    field = QApplication.focusWidget()
    if isinstance(field, QLineEdit | QPlainTextEdit):
        getattr(field, name)()
