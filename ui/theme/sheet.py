"""The style sheet, filled from the tokens. The only place where Qt style rules are written."""

from __future__ import annotations

from dataclasses import asdict
from string import Template
from typing import Final

from ui.theme.tokens import Palette

RULES: Final = Template("""
* { outline: none; }
QWidget { color: $ink; }
QMainWindow, QDialog, QWidget[surface="paper"] { background: $paper; }
QWidget[surface="sheet"] { background: $sheet; }
QWidget[surface="sunk"] { background: $sunk; }
QWidget[surface="desk"] { background: $line; }
QWidget[edge="right"] { border-right: 1px solid $line; }
QWidget[edge="left"] { border-left: 1px solid $line; }
QWidget[edge="top"] { border-top: 1px solid $line; }
QWidget[edge="bottom"] { border-bottom: 1px solid $line; }
QWidget[edge="writing"] { border-bottom: 1px solid $edge; }
QScrollArea, QScrollArea > QWidget > QWidget[scrolled="yes"] { background: transparent; border: none; }
QLabel { background: transparent; }
QLabel[tone="second"] { color: $ink2; }
QLabel[tone="hint"] { color: $ink3; }
QLabel[tone="accent"] { color: $acc; }
QLabel[tone="attention"] { color: $amb; }
QLabel[tone="stop"] { color: $brk; }
QLabel[tone="on_accent"] { color: $on_acc; }

QPushButton { background: $sheet; color: $ink; border: ${hairline}px solid $edge; border-radius: 6px;
  padding: 0 14px; min-height: 34px; }
QPushButton:hover { background: $paper; }
QPushButton:pressed, QPushButton:checked { background: $sunk; }
QPushButton[measure="small"] { min-height: 28px; padding: 0 10px; }
QPushButton[measure="large"] { min-height: 42px; padding: 0 20px; }
QPushButton[kind="primary"] { background: $acc; color: $on_acc; border-color: $acc; font-weight: bold; }
QPushButton[kind="primary"]:hover { background: $acc_hover; border-color: $acc_hover; }
QPushButton[kind="primary"]:pressed { background: $acc_down; border-color: $acc_down; }
QPushButton[kind="quiet"] { background: transparent; border-color: transparent; color: $acc; padding: 0 6px; }
QPushButton[kind="quiet"]:hover { background: $acc_tint; }
QPushButton[kind="bar"] { background: transparent; border-color: transparent; color: $ink2; padding: 0 6px; }
QPushButton[kind="bar"]:hover { background: $paper; color: $ink; }
QPushButton[kind="danger"] { color: $brk; border-color: $brk_line; }
QPushButton[kind="card"] { text-align: left; padding: 10px 12px; background: transparent;
  border-color: transparent; border-radius: 8px; }
QPushButton[kind="card"][measure="small"] { padding: 2px 12px; }
QPushButton[kind="card"]:hover { background: $paper; }
QPushButton[kind="card"]:checked { background: $sheet; border: 1px solid $acc; border-left: 4px solid $acc; }
QPushButton[kind="choice"] { text-align: left; background: $sheet; border-radius: 4px; padding: 0 12px; }
QPushButton[kind="choice"]:checked { background: $acc_tint; border: 2px solid $acc; font-weight: bold; }
QPushButton:disabled, QPushButton[kind="primary"]:disabled { background: transparent; color: $ink3;
  border-color: $line; }

QPushButton[kind="quiet"]:disabled { border-color: transparent; color: $ink2; }

QLineEdit, QPlainTextEdit, QComboBox, QFrame[frame="field"] { background: $sheet; color: $ink;
  border: ${hairline}px solid $edge; border-radius: 4px; padding: 0 10px; min-height: 34px;
  selection-background-color: $acc; selection-color: $on_acc; }
QLineEdit { lineedit-password-character: 8226; }
QPlainTextEdit { padding: 6px 6px; }
QLineEdit:hover, QPlainTextEdit:hover, QComboBox:hover { border-color: $ink3; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus { border-color: $focus; }
QLineEdit[state="warning"], QFrame[frame="field"][state="warning"] { border: 2px solid $amb_line; }
QLineEdit[state="error"], QPlainTextEdit[state="error"], QComboBox[state="error"],
QFrame[frame="field"][state="error"] { border: 2px solid $brk_line; }
QLineEdit[readOnly="true"] { background: $paper; border-color: transparent; }
QLineEdit:disabled { color: $ink3; border-color: $line; background: transparent; }
QFrame[frame="field"] QLineEdit { border: none; background: transparent; padding: 0; min-height: 30px; }
QComboBox[kind="quiet"] { background: transparent; border-color: transparent; min-height: 26px;
  color: $ink2; }
QComboBox::drop-down { border: none; width: 26px; }
QComboBox::down-arrow { image: none; width: 0; height: 0; }
QComboBox QAbstractItemView { background: $sheet; color: $ink; border: 1px solid $edge;
  selection-background-color: $acc_tint; selection-color: $ink; }

QCheckBox, QRadioButton { spacing: 8px; background: transparent; min-height: 30px; }

QPushButton[kind="rival"] { text-align: left; background: $sheet; border: 1px solid $edge;
  border-radius: 6px; }
QPushButton[kind="rival"]:hover { background: $paper; }
QPushButton[kind="rival"]:checked { background: $acc_tint; border: 2px solid $acc; }
QPushButton[kind="rival"]:disabled { border-color: $line; }
QFrame[frame="card"] { background: $sheet; border: 1px solid $line; border-radius: 8px; }
QFrame[frame="open"] { background: $acc_tint; border: none; }
QFrame[frame="notice"] { background: $acc_tint; border: ${hairline}px solid $acc_tint; border-radius: 8px; }
QFrame[frame="banner"] { border-radius: 6px; }
QFrame[frame="banner"][tone="attention"] { background: $amb_tint; border: 1px solid $amb_line;
  border-left: 4px solid $amb_line; }
QFrame[frame="banner"][tone="stop"] { background: $brk_tint; border: 1px solid $brk_line;
  border-left: 4px solid $brk_line; }
QFrame[frame="banner"][tone="notice"] { background: $acc_tint; border: 1px solid $acc_line;
  border-left: 4px solid $acc; }
QFrame[frame="banner"][dir="rtl"] { border-left-width: 1px; border-right-width: 4px; }
QFrame[frame="rule"] { background: $line; border: none; max-height: 1px; min-height: 1px; }
QLabel[chip="plain"] { background: $sunk; border-radius: 4px; padding: 3px 8px; }
QLabel[chip="accent"] { background: $acc_tint; color: $acc; border-radius: 4px; padding: 3px 8px; }
QLabel[chip="attention"] { background: $amb_tint; color: $amb; border-radius: 4px; padding: 3px 8px; }
QLabel[chip="stop"] { background: $brk_tint; color: $brk; border-radius: 4px; padding: 3px 8px; }

QTableView, QListView, QTreeView { background: $sheet; color: $ink; border: 1px solid $line;
  border-radius: 8px; gridline-color: transparent;
  selection-background-color: $acc_tint; selection-color: $ink; }
QHeaderView { background: transparent; border: none; }
QHeaderView::section { background: transparent; color: $ink3; border: none; border-bottom: 1px solid $line;
  padding: 0 12px; }
QTableCornerButton::section { background: $sheet; border: none; }

QMenuBar { background: transparent; color: $ink2; padding: 0; }
QMenuBar::item { background: transparent; padding: 6px 12px; border-radius: 4px; }
QMenuBar::item:selected { background: $paper; color: $ink; }
QMenu { background: $sheet; color: $ink; border: 1px solid $edge; padding: 4px; }
QMenu::item { padding: 6px 28px 6px 16px; border-radius: 4px; }
QMenu::item:selected { background: $acc_tint; color: $ink; }
QMenu::item:disabled { color: $ink3; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }

QProgressBar { background: $line; border: none; max-height: 6px; min-height: 6px; text-align: center; }
QProgressBar::chunk { background: $acc; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar::handle:vertical { background: $edge; border-radius: 4px; min-height: 32px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle:horizontal { background: $edge; border-radius: 4px; min-width: 32px; margin: 2px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QToolTip { background: $ink; color: $paper; border: none; padding: 6px 8px; }
""")


def style_sheet(palette: Palette) -> str:
    """All rules for one palette."""
    return RULES.substitute({name: str(value) for name, value in asdict(palette).items()})
