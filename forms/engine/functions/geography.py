"""Places: areas, distances, fences. Layer: forms.engine.

Source for the sphere's radius and the rounding to two decimals: ODK XForms specification, "Geo".
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Final

from forms.engine.context import Context
from forms.engine.faults import ExpressionFault
from forms.engine.functions.library import eager
from forms.engine.numbers import NAN, read_number, round_half_up
from forms.engine.values import Value, texts_of

RADIUS_METRES: Final = 6_378_100.0
Point = tuple[float, float]
"""Latitude and longitude in degrees."""


def read_point(text: str) -> Point | None:
    """Latitude and longitude out of ``lat lon [altitude [accuracy]]``."""
    words = text.split() if text.strip() == text else text.split(" ")
    if not 2 <= len(words) <= 4:
        return None
    latitude, longitude = read_number(words[0]), read_number(words[1])
    if abs(latitude) > 90 or abs(longitude) > 180:
        return None
    return latitude, longitude


def read_trace(texts: list[str]) -> list[Point] | None:
    """Two or more points, out of one ``p;p;…`` text or of one text each."""
    if not texts:
        return None
    if len(texts) == 1:
        trimmed = texts[0].strip()
        while trimmed.endswith(";"):
            trimmed = trimmed[:-1].rstrip()
        texts = [part.strip() for part in trimmed.split(";")]
    points = [read_point(text) for text in texts]
    good = [point for point in points if point is not None]
    return good if len(good) == len(points) >= 2 else None


def _two_decimals(value: float) -> float:
    if math.isnan(value):
        return NAN
    return abs(round_half_up(value * 100) / 100) if value else 0.0


def _area(_context: Context, value: Value) -> Value:
    points = read_trace(texts_of(value))
    if points is None or len(points) < 3:
        return 0.0
    if points[0] != points[-1]:
        points = [*points, points[0]]
    total = 0.0
    for (lat1, lon1), (lat2, lon2) in pairwise(points):
        total += math.radians(lon2 - lon1) * (2 + math.sin(math.radians(lat2)) + math.sin(math.radians(lat1)))
    return _two_decimals(total * RADIUS_METRES * RADIUS_METRES / 2)


def _between(one: Point, other: Point) -> float:
    turn = math.radians(one[1] - other[1])
    phi0, phi1 = math.radians(one[0]), math.radians(other[0])
    cosine = math.sin(phi0) * math.sin(phi1) + math.cos(phi0) * math.cos(phi1) * math.cos(turn)
    return math.acos(cosine) * RADIUS_METRES if -1 <= cosine <= 1 else NAN


def _distance(_context: Context, *values: Value) -> Value:
    points = read_trace([text for value in values for text in texts_of(value)])
    if points is None:
        raise ExpressionFault("distance() wants at least two places, each “latitude longitude …”.")
    return _two_decimals(sum(_between(one, other) for one, other in pairwise(points)))


def _geofence(_context: Context, place: Value, fence: Value) -> Value:
    texts = [*texts_of(place), *texts_of(fence)]
    if len(texts) < 2 or not texts[0] or not texts[1]:
        return False
    point, ring = read_point(texts[0]), read_trace([texts[1]])
    if point is None or ring is None or ring[0] != ring[-1]:
        return False
    latitude, longitude = point
    inside = False
    for (lat1, lon1), (lat2, lon2) in pairwise(ring):
        if (lat2 > latitude) != (lat1 > latitude):
            crossing = (lon1 - lon2) * (latitude - lat2) / (lat1 - lat2) + lon2
            inside ^= longitude < crossing
    return inside


FUNCTIONS: Final = (
    eager("area", 1, 1, _area),
    eager("distance", 1, None, _distance),
    eager("geofence", 2, 2, _geofence),
)
