"""Arithmetic. Layer: forms.engine."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Final

from forms.engine.context import Context
from forms.engine.functions.library import Function, eager, here
from forms.engine.moments import DAY_MILLIS, Moment, read_moment
from forms.engine.numbers import NAN, round_half_up
from forms.engine.values import Value, numbers_of, to_number, to_text


def _one(name: str, work: Callable[[float], float]) -> Function:
    def call(context: Context, value: Value) -> Value:
        number = to_number(value, context.world.zone)
        return number if math.isnan(number) else _guarded(work, number)

    return eager(name, 1, 1, call)


def _two(name: str, work: Callable[[float, float], float]) -> Function:
    def call(context: Context, first: Value, second: Value) -> Value:
        zone = context.world.zone
        left, right = to_number(first, zone), to_number(second, zone)
        if math.isnan(left) or math.isnan(right):
            return NAN
        return _guarded(work, left, right)

    return eager(name, 2, 2, call)


def _guarded(work: Callable[..., float], *numbers: float) -> float:
    try:
        return work(*numbers)
    except ValueError:
        return NAN
    except OverflowError:
        return math.inf


def _power(base: float, exponent: float) -> float:
    if exponent and abs(base) == 1 and math.isinf(exponent):
        return NAN
    if base == 0 and exponent < 0:
        odd = exponent == int(exponent) and int(exponent) % 2 == 1
        return -math.inf if odd and math.copysign(1, base) < 0 else math.inf
    try:
        return math.pow(base, exponent)
    except OverflowError:
        return -math.inf if base < 0 and exponent % 2 == 1 else math.inf


def _logarithm(work: Callable[[float], float]) -> Callable[[float], float]:
    return lambda number: -math.inf if number == 0 else work(number)


def _whole(work: Callable[[float], int]) -> Callable[[float], float]:
    return lambda number: float(work(number)) if math.isfinite(number) else number


def power_of_ten(number: float) -> float:
    """Ten to the power of ``number``."""
    return _guarded(lambda exponent: _power(10.0, exponent), number)


def _round(context: Context, value: Value, digits: Value = 0.0) -> Value:
    zone = context.world.zone
    number, places = to_number(value, zone), to_number(digits, zone)
    if math.isnan(number) or math.isnan(places):
        return NAN
    factor = power_of_ten(places)
    if not factor or math.isinf(factor):
        return NAN if factor else number * 0.0
    rounded = round_half_up(abs(number) * factor) / factor
    return -rounded if number < 0 else rounded


def _number(context: Context, value: Value) -> Value:
    if isinstance(value, (list, str)):
        moment = read_moment(to_text(value), context.world.zone)
        if moment is not None and moment.millis is not None:
            return Moment(moment.millis, moment.zone, str(moment.millis // DAY_MILLIS))
    if isinstance(value, Moment):
        return value
    return to_number(value, context.world.zone)


def _extreme(pick: Callable[[list[float]], float]) -> Callable[..., Value]:
    def call(context: Context, *values: Value) -> Value:
        numbers = [number for value in values for number in numbers_of(value, context.world.zone)]
        if not numbers or any(math.isnan(number) for number in numbers):
            return NAN
        return pick(numbers)

    return call


def _sum(context: Context, value: Value) -> Value:
    numbers = numbers_of(value, context.world.zone)
    if not numbers:
        return NAN
    total = numbers[0]
    for number in numbers[1:]:
        total += number
    return total


def _pi(_context: Context) -> Value:
    return math.pi


def _random(context: Context) -> Value:
    return context.world.rng.random()


FUNCTIONS: Final = (
    _one("abs", abs),
    _one("acos", math.acos),
    _one("asin", math.asin),
    _one("atan", math.atan),
    _one("ceiling", _whole(math.ceil)),
    _one("cos", math.cos),
    _one("exp", math.exp),
    _one("exp10", power_of_ten),
    _one("floor", _whole(math.floor)),
    _one("int", _whole(math.trunc)),
    _one("log", _logarithm(math.log)),
    _one("log10", _logarithm(math.log10)),
    _one("sin", math.sin),
    _one("sqrt", math.sqrt),
    _one("tan", math.tan),
    _two("atan2", math.atan2),
    _two("pow", _power),
    eager("round", 1, 2, _round),
    Function("number", 0, 1, lambda runs: eager("number", 0, 1, _number).prepare(runs or (here,))),
    eager("max", 0, None, _extreme(max)),
    eager("min", 0, None, _extreme(min)),
    eager("sum", 1, 1, _sum),
    eager("pi", 0, 0, _pi),
    eager("random", 0, 0, _random),
)
