"""Numbers as ODK forms read and write them. Layer: forms.engine.

The web engine of ODK computes in IEEE doubles and writes them as ECMAScript does; these functions
give the same digits. Source: ECMA-262 §6.1.6.1.20 (Number::toString) and §7.1.4.1 (StringToNumber).
"""

from __future__ import annotations

import math
import re
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final

NAN: Final = math.nan
_DECIMAL: Final = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_RADIX: Final = re.compile(r"0(?:[xX][0-9a-fA-F]+|[oO][0-7]+|[bB][01]+)", re.ASCII)
_SPACE: Final = (
    "\t\n\x0b\x0c\r \xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
    "\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"
)
_WIDE: Final = Context(prec=400)


def read_number(text: str) -> float:
    """The number a text stands for, NaN when it stands for none. Blank text is zero."""
    if text.isascii() and text.isdigit() and len(text) < 300:
        return float(text)
    text = text.strip(_SPACE)
    if not text:
        return 0.0
    if _DECIMAL.fullmatch(text):
        return float(text)
    if _RADIX.fullmatch(text):
        return float(int(text, 0))
    if text in ("Infinity", "+Infinity"):
        return math.inf
    if text == "-Infinity":
        return -math.inf
    return NAN


def write_number(value: float) -> str:
    """The shortest text that reads back as ``value``; empty for NaN."""
    if math.isnan(value):
        return ""
    if value in (math.inf, -math.inf):
        return "Infinity" if value > 0 else "-Infinity"
    if abs(value) < 2**53 and value == int(value):
        return str(int(value))
    sign, digits, exponent = Decimal(repr(value)).normalize(_WIDE).as_tuple()
    text = "".join(map(str, digits))
    point = len(digits) + int(exponent)
    if 0 < point <= 21:
        body = text.ljust(point, "0") if point >= len(text) else f"{text[:point]}.{text[point:]}"
    elif -6 < point <= 0:
        body = f"0.{'0' * -point}{text}"
    else:
        mantissa = text if len(text) == 1 else f"{text[0]}.{text[1:]}"
        body = f"{mantissa}e{point - 1:+d}"
    return f"-{body}" if sign else body


def write_decimal(value: float) -> str:
    """A decimal answer's text: at least one and at most twenty digits after the point."""
    exact = Decimal(repr(value)).quantize(Decimal(1).scaleb(-20), ROUND_HALF_UP, _WIDE)
    text = f"{exact:f}".rstrip("0")
    return f"{text}0" if text.endswith(".") else text


def round_half_up(value: float) -> float:
    """The nearest whole number; halves go towards positive infinity."""
    if not math.isfinite(value) or abs(value) >= 2**52:
        return value
    floor = math.floor(value)
    return float(floor + 1) if value - floor >= 0.5 else float(floor)
