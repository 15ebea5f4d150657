"""First run: write six words on the card, type them twice, ready. Layer: ui."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from ournydesk.domain.vault import VaultCard
from ui.desk import Desk
from ui.i18n import tr
from ui.tasks import Tasks
from ui.theme.marks import Mark
from ui.theme.theme import Theme, surface
from ui.theme.type import Type
from ui.welcome.cards import Advice
from ui.welcome.presenter import LONGEST_NAME, Step, WelcomePresenter
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.foot import Foot
from ui.widgets.logo import Logo
from ui.widgets.marks import MarkSign
from ui.widgets.scroll import scrolled
from ui.widgets.text import Label, Text
from ui.widgets.word_card import WordCard, WordGrid
from ui.widgets.words import WordsField

STEPS = ("Write", "Type them", "Ready")
WIDEST_BESIDE = 1.5


class WelcomeScreen(QWidget):
    """Makes a seat."""

    def __init__(
        self,
        theme: Theme,
        desk: Desk,
        tasks: Tasks,
        *,
        made: Callable[[VaultCard], None],
        not_now: Callable[[], None],
        restore: Callable[[], None],
        bring: Callable[[], None],
        today: date | None = None,
    ) -> None:
        super().__init__()
        self._theme = theme
        surface(self, "paper")
        self.presenter = WelcomePresenter(self, desk, tasks, made=made)
        self._words: tuple[str, ...] = ()
        self._marks: list[tuple[MarkSign, Text]] = []
        self._cards = [WordCard(theme, number) for number in range(1, 7)]
        self._name = QLineEdit()
        self._field = WordsField(theme, desk.word_known, "typed_words")
        self._go = Button(theme, tr("Continue"), kind="primary", size="large", key=tr("Enter"), name="typed")
        self._pages = QStackedWidget()
        self._advice = Advice(theme, today or datetime.now().astimezone().date())
        self._name.textChanged.connect(lambda text: self._advice.show_name(text.strip()))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._middle(not_now, restore, bring), 9)
        self._beside = scrolled(self._advice)
        row.addWidget(self._beside, 4)
        column.addLayout(row, 1)
        column.addWidget(Foot(theme, tr("No internet, and none is needed.")))
        theme.follow(self, self._dress)
        self._dress()

    # -- the view of the presenter ------------------------------------------------------------------

    def show_step(self, step: Step) -> None:
        """One of three."""
        self._pages.setCurrentIndex(int(step))
        for index, (mark, words) in enumerate(self._marks):
            here = index == int(step)
            done = index < int(step) or step is Step.READY
            mark.show_mark(Mark.DONE if done else Mark.PART if here else Mark.NONE)
            words.embolden(bold=here)
        if step is Step.TYPE:
            self._field.clear()
            self._field.line.setFocus()
        elif step is Step.READY:
            self._finish.setFocus()
        elif not self._name.text().strip():
            self._name.setFocus()

    def show_words(self, words: tuple[str, ...]) -> None:
        """The six words."""
        self._words = words
        self._cover(covered=False)

    def show_round(self, again: bool) -> None:
        """Once, or once again."""
        self._type_title.setText(
            tr("Once more, to be sure") if again else tr("Type the six words from the card")
        )
        self._field.clear()
        self._field.line.setFocus()

    def show_busy(self, *, busy: bool) -> None:
        """Making and proving."""
        self._go.setEnabled(not busy)
        self._go.setText(tr("Making the seat…") if busy else tr("Continue"))

    def show_trouble(self, what: str, then: str) -> None:
        """What is to be mended."""
        if what:
            self._banner.say(what, then)
        else:
            self._banner.hide()

    # -- lay-out ------------------------------------------------------------------------------------

    def _middle(
        self, not_now: Callable[[], None], restore: Callable[[], None], bring: Callable[[], None]
    ) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(72, 48, 56, 24)
        column.setSpacing(16)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Logo(self._theme, 20))
        head.addWidget(Text(self._theme, "OurNY Desk", Type.BODY, bold=True, wrap=False))
        head.addStretch(1)
        for index, words in enumerate(STEPS):
            mark = MarkSign(self._theme, Mark.NONE)
            text = Text(self._theme, tr(words), Type.BODY, wrap=False)
            head.addSpacing(0 if index == 0 else 16)
            head.addWidget(mark)
            head.addWidget(text)
            self._marks.append((mark, text))
        column.addLayout(head)
        column.addSpacing(12)
        self._banner = Banner(self._theme, "attention", name="welcome_trouble")
        for page in (self._write_page(not_now, restore, bring), self._type_page(), self._ready_page()):
            self._pages.addWidget(page)
        column.addWidget(self._banner)
        column.addWidget(self._pages, 1)
        surface(side, "paper")
        return scrolled(side)

    def _write_page(
        self, not_now: Callable[[], None], restore: Callable[[], None], bring: Callable[[], None]
    ) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(Text(self._theme, tr("Write these six words on the card"), Type.DISPLAY))
        lead = tr(
            "They open this seat. They are not kept anywhere else, and nobody can read them back to you. "
            "Next you type them in, so write clearly."
        )
        column.addWidget(Text(self._theme, lead, Type.LEAD, tone="second"))
        column.addSpacing(8)
        named = QHBoxLayout()
        self._name.setObjectName("seat_name")
        self._name.setMaxLength(LONGEST_NAME)
        self._name.returnPressed.connect(self._written)
        named.setSpacing(12)
        named.addWidget(Label(self._theme, tr("&Name of this seat"), self._name, wrap=False))
        named.addWidget(self._name)
        named.addStretch(1)
        column.addLayout(named)
        column.addWidget(WordGrid(self._cards))
        row = QHBoxLayout()
        row.setSpacing(12)
        self._cover_button = Button(
            self._theme, tr("Cover the words"), size="small", icon="eye_off", name="cover"
        )
        self._cover_button.clicked.connect(
            lambda _checked=False: self._cover(covered=not self._cards[0].covered)
        )
        other = Button(self._theme, tr("Give me other words"), size="small", icon="redo", name="other_words")
        other.clicked.connect(lambda _checked=False: self.presenter.begin())
        row.addWidget(self._cover_button)
        row.addWidget(other)
        row.addStretch(1)
        watch = tr("Check that no one is reading along.")
        row.addWidget(Text(self._theme, watch, Type.CAPTION, tone="hint", wrap=self._theme.scale > 1))
        column.addLayout(row)
        column.addSpacing(12)
        acts = QHBoxLayout()
        acts.setSpacing(12)
        done = Button(
            self._theme, tr("I have written all six"), kind="primary", size="large",
            trailing="arrow_right", name="written",
        )  # fmt: skip
        done.clicked.connect(lambda _checked=False: self._written())
        later = Button(self._theme, tr("Not now"), kind="quiet", name="not_now")
        later.clicked.connect(lambda _checked=False: self._turn_away(not_now))
        back = Button(self._theme, tr("Restore a backup…"), kind="quiet", name="restore_instead")
        back.clicked.connect(lambda _checked=False: restore())
        acts.addWidget(done)
        acts.addWidget(later)
        acts.addWidget(back)
        acts.addStretch(1)
        column.addLayout(acts)
        words = tr("A seat was made ready for me: bring it from a stick…")
        stick = Button(self._theme, words, kind="quiet", size="small", icon="laptop", name="bring_instead")
        stick.clicked.connect(lambda _checked=False: bring())
        column.addWidget(stick, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return page

    def _type_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self._type_title = Text(self._theme, "", Type.DISPLAY)
        self._type_title.setObjectName("type_title")
        column.addWidget(self._type_title)
        lead = tr("You type them twice: once to check the card, once to make the seat with them.")
        column.addWidget(Text(self._theme, lead, Type.LEAD, tone="second"))
        column.addSpacing(8)
        column.addWidget(Label(self._theme, tr("&Six words"), self._field.line))
        self._field.entered.connect(self._submit)
        column.addWidget(self._field)
        column.addSpacing(12)
        row = QHBoxLayout()
        row.setSpacing(12)
        self._go.clicked.connect(lambda _checked=False: self._submit())
        look = Button(self._theme, tr("Look at the words again"), kind="quiet", name="look_again")
        look.clicked.connect(lambda _checked=False: self.presenter.back())
        row.addWidget(self._go)
        row.addWidget(look)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        return page

    def _ready_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(Text(self._theme, tr("The seat is ready"), Type.DISPLAY))
        lead = tr(
            "It was made, closed, and opened again with your six words from the disk. "
            "Everything typed in it is encrypted as it is typed."
        )
        column.addWidget(Text(self._theme, lead, Type.LEAD, tone="second"))
        column.addSpacing(12)
        row = QHBoxLayout()
        self._finish = Button(
            self._theme, tr("Open the seat"), kind="primary", size="large", key=tr("Enter"), name="finish"
        )
        self._finish.clicked.connect(lambda _checked=False: self.presenter.finish())
        row.addWidget(self._finish)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        return page

    def _cover(self, *, covered: bool) -> None:
        for card, word in zip(self._cards, self._words or ("",) * 6, strict=True):
            card.show_word(word, covered=covered)
        self._cover_button.setText(tr("Show the words") if covered else tr("Cover the words"))

    def _written(self) -> None:
        self.presenter.written(self._name.text())

    def _turn_away(self, not_now: Callable[[], None]) -> None:
        self._name.clear()
        self._field.clear()
        self.presenter.leave()
        not_now()

    def _dress(self) -> None:
        self._name.setFont(self._theme.font(Type.BODY))
        self._name.setFixedWidth(self._theme.px(320))
        # Beside large letters there is no room; what the card looks like can be left out.
        self._beside.setVisible(self._theme.scale <= WIDEST_BESIDE)

    def _submit(self) -> None:
        if self._go.isEnabled():
            self.presenter.typed(self._name.text(), self._field.text)
