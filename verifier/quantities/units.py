"""Units of measure and money: the words that may follow a number, and what one of them is worth."""

from __future__ import annotations

import re
from typing import NamedTuple

from verifier.quantities.values import Kind

FOOT = 0.3048
_MILE, _LB = 1609.344, 0.45359237
UNITS: dict[tuple[Kind, str], dict[float, str]] = {
    # (kind, base unit): how much of the base unit one is -> its names, separated by "|"
    (Kind.PERCENT, "%"): {1: "%|per cent|percent|pct", 0.01: "‰"},
    (Kind.PERCENT, "percentage point"): {
        1: "percentage points|percentage point|percent points|pp|ppt|%-points|%-point",
        0.01: "basis points|basis point|bps",
    },
    (Kind.DISTANCE, "m"): {
        1e3: "km|kms|kilometres|kilometre|kilometers|kilometer", 1: "m|metres|metre|meters|meter",
        0.01: "cm|centimetres|centimetre|centimeters|centimeter",
        1e-3: "mm|millimetres|millimetre|millimeters|millimeter",
        _MILE: "miles|mile|mi", FOOT: "feet|foot|ft", FOOT / 12: "inches|inch",
        0.9144: "yards|yard|yd",
        1852: "nautical miles|nautical mile|nmi",
        9.4607304725808e15: "light-years|light years|light-year|light year",
    },
    (Kind.WEIGHT, "kg"): {
        1e3: "tonnes|tonne|metric tons|metric ton|tons|ton",
        1: "kg|kgs|kilograms|kilogram|kilogrammes|kilos|kilo",
        1e-3: "g|grams|gram|grammes", 1e-6: "mg|milligrams|milligram", _LB: "lb|lbs",
        _LB / 16: "ounces|ounce|oz", 6.35029318: "st|stone",
    },
    (Kind.AREA, "m2"): {
        1e6: "km2|km²|sq km|square km|square kilometres|square kilometre|square kilometers"
            "|square kilometer",
        1: "m2|m²|sq m|sqm|square metres|square metre|square meters|square meter",
        1e4: "ha|hectares|hectare",
        4046.8564224: "acres|acre", FOOT**2: "sq ft|square feet|square foot",
        _MILE**2: "sq mi|sq miles|square miles|square mile",
    },
    (Kind.VOLUME, "l"): {
        1: "l|litres|litre|liters|liter", 0.01: "cl",
        1e-3: "ml|millilitres|millilitre|milliliters|milliliter|cc",
        1e3: "m3|m³|cubic metres|cubic metre|cubic meters|cubic meter",
        1e12: "cubic kilometres|cubic kilometers|km3|km³",
        28.316846592: "cubic feet|cubic foot", 3.785411784: "gallons|gallon",
        0.56826125: "pints|pint",
        158.987294928: "barrels|barrel",
    },
    (Kind.SPEED, "km/h"): {
        1: "km/h|kmh|kph|km an hour|km a hour|km per hour|kilometres per hour|kilometers per hour"
            "|kilometres an hour|kilometers an hour|kilometers-per-hour",
        1.609344: "mph|miles per hour|miles an hour|mi/h",
        3.6: "m/s|metres per second|meters per second|metres a second",
        1.852: "knots|knot",
    },
    (Kind.COUNT, "watt"): {
        1e3: "kW|kilowatts|kilowatt", 1e6: "MW|megawatts|megawatt", 1e9: "GW|gigawatts|gigawatt",
        1: "W|watts|watt",
    },
    (Kind.COUNT, "watt hour"): {
        1e3: "kWh|kilowatt hours|kilowatt-hours", 1e6: "MWh|megawatt hours",
        1e9: "GWh|gigawatt hours", 1e12: "TWh",
    },
    (Kind.COUNT, "byte"): {1e3: "KB|kB", 1e6: "MB|megabytes", 1e9: "GB|gigabytes",
    1e12: "TB|terabytes"},
    (Kind.COUNT, "hertz"): {1: "Hz", 1e3: "kHz", 1e6: "MHz", 1e9: "GHz"},
    (Kind.DURATION, "second"): {
        1: "seconds|second|secs|sec|s", 60: "minutes|minute|mins|min", 3600: "hours|hour|hrs|hr|h",
        1e-3: "milliseconds|millisecond|ms",
    },
    (Kind.DURATION, "day"): {1: "days|day|nights|night", 7: "weeks|week|wks",
    14: "fortnights|fortnight"},
    (Kind.DURATION, "month"): {
        1: "months|month|mths", 3: "quarters", 12: "years|year|yrs|yr", 120: "decades|decade",
        1200: "centuries|century",
    },
}  # fmt: skip

TEMPERATURES = {
    # names, separated by "|": (size of one degree, what its zero is) in °C
    "°C|° C|ºC|degrees Celsius|degrees celsius|degrees centigrade|degrees C|C": (1.0, 0.0),
    "°F|° F|ºF|degrees Fahrenheit|degrees fahrenheit|degrees F|F": (5 / 9, -32 * 5 / 9),
    "K|kelvins|kelvin": (1.0, -273.15),
}

SYMBOLS = {
    "US$": "USD", "US $": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD",
    "HK$": "HKD", "NZ$": "NZD",
    "S$": "SGD", "R$": "BRL", "NT$": "TWD", "$": "USD", "£": "GBP", "€": "EUR", "¥": "JPY",
    "₹": "INR", "R": "ZAR",
    "₩": "KRW", "₽": "RUB", "₺": "TRY", "₦": "NGN", "₪": "ILS", "Rs.": "INR", "Rs": "INR",
    "฿": "THB",
    "USD": "USD", "EUR": "EUR", "GBP": "GBP", "JPY": "JPY", "CHF": "CHF", "CNY": "CNY",
    "INR": "INR",
    "AUD": "AUD", "CAD": "CAD", "SEK": "SEK", "NOK": "NOK", "DKK": "DKK", "RMB": "CNY",
}  # fmt: skip
CURRENCIES = {
    "dollars": "USD", "dollar": "USD", "US dollars": "USD", "bucks": "USD", "euros": "EUR",
    "euro": "EUR",
    "pounds": "GBP", "pound": "GBP", "pounds sterling": "GBP", "British pounds": "GBP",
    "quid": "GBP",
    "yen": "JPY", "yuan": "CNY", "renminbi": "CNY", "rupees": "INR", "rupee": "INR",
    "roubles": "RUB",
    "rubles": "RUB", "Swiss francs": "CHF", "francs": "CHF", "won": "KRW", "lira": "TRY",
    "pesos": "MXN",
    "rand": "ZAR", "Swedish kronor": "SEK", "Swedish krona": "SEK", "kronor": "SEK",
    "krona": "SEK", "Norwegian kroner": "NOK", "kroner": "NOK",
    "Danish kroner": "DKK", "Australian dollars": "AUD",
    "Canadian dollars": "CAD", "Hong Kong dollars": "HKD", "New Zealand dollars": "NZD",
    "Singapore dollars": "SGD", "zloty": "PLN", "zlotys": "PLN", "zlotych": "PLN",
    "złoty": "PLN", "shekels": "ILS", "naira": "NGN", "reais": "BRL",
    "USD": "USD", "EUR": "EUR", "GBP": "GBP", "JPY": "JPY", "CHF": "CHF", "CNY": "CNY",
    "INR": "INR",
    "AUD": "AUD", "CAD": "CAD", "SEK": "SEK", "NOK": "NOK", "DKK": "DKK", "RMB": "CNY", "€": "EUR",
    "£": "GBP",
}  # fmt: skip
CENTS = {"cents": "USD", "cent": "USD", "pence": "GBP", "euro cents": "EUR", "p": "GBP"}


class Unit(NamedTuple):
    """A unit that stands in the text: value × factor + offset is in `base`."""

    kind: Kind
    base: str
    factor: float
    end: int
    offset: float


def _lookup() -> dict[str, tuple[Kind, str, float, float]]:
    table: dict[str, tuple[Kind, str, float, float]] = {}
    for (kind, base), sizes in UNITS.items():
        for factor, names in sizes.items():
            for name in names.split("|"):
                table[name] = (kind, base, factor, 0.0)
    for names, (factor, offset) in TEMPERATURES.items():
        for name in names.split("|"):
            table[name] = (Kind.TEMPERATURE, "°C", factor, offset)
    for name, code in CURRENCIES.items():
        table[name] = (Kind.MONEY, code, 1.0, 0.0)
    for name, code in CENTS.items():
        table[name] = (Kind.MONEY, code, 0.01, 0.0)
    return table


_TABLE = _lookup()
_NAMES = "|".join(re.escape(name) for name in sorted(_TABLE, key=len, reverse=True))
_UNIT = re.compile(rf"(?P<gap>[ \u00a0\u202f-]?)(?P<name>{_NAMES})(?![^\W_])")
_SYMBOL_NAMES = "|".join(re.escape(name) for name in sorted(SYMBOLS, key=len, reverse=True))
SYMBOL = re.compile(rf"(?:{_SYMBOL_NAMES})")
_SYMBOL_BEFORE = re.compile(rf"(?<![^\W_])(?:{_SYMBOL_NAMES})\s?\Z")
_SHORT = 2
_GLUED = frozenset({"s", "h", "l", "W", "K", "C", "F", "p", "st"})
"""Letters that are a unit only where they touch their digits: 5s but not `5 s`."""
_PRICED = re.compile(r"\s(?:note|fine|fee|ticket|bill|prize|a-|coin|deal|loan|house|bet|voucher)")
_EURO = re.compile(r"€|\beuros?\b|\bEUR\b")
_EURO_REACH = 80
_LARGEST_PENCE = 3
_WEIGHING = re.compile(r"\b(?:weigh|lost|gain|heav|lift|shed)[^.;,]*\Z", re.IGNORECASE)


def read_unit(text: str, at: int, *, digits: bool) -> Unit | None:  # noqa: PLR0911 - one exit a rule
    """Read the unit that follows a number ending at `at`; `digits`: the number stands in digits."""
    match = _UNIT.match(text, at)
    if match is None:
        return None
    name, gap = match["name"], match["gap"]
    if len(name) <= _SHORT and name.isalpha() and (not digits or gap == "-"):
        return None
    if name in _GLUED and gap:
        return None
    kind, base, factor, offset = _TABLE[name]
    if name in {"cents", "cent"} and _EURO.search(text, max(0, at - _EURO_REACH), at):
        base = "EUR"
    after = text[match.end() : match.end() + 4]
    if name == "p" and (at > _LARGEST_PENCE and text[at - _LARGEST_PENCE].isdigit()):
        return None  # 720p
    if name == "s" and "." not in text[max(0, at - 4) : at]:
        return None  # the under 18s
    if name == "stone" and not _WEIGHING.search(text, max(0, at - 40), at):
        return None  # five stone walls
    if name == "won" and after[:1] == " ":
        return None  # `of the 12 won by Ali`
    if name in {"pounds", "pound"} and (
        (gap == "-" and not _PRICED.match(text, match.end()))
        or after == " of "
        or _WEIGHING.search(text, max(0, at - 40), at)
    ):
        kind, base, factor = Kind.WEIGHT, "kg", _LB
    return Unit(kind, base, factor, match.end(), offset)


def currency_before(text: str, at: int) -> tuple[str, int] | None:
    """Read the currency sign that ends at `at`: its code and where it starts."""
    match = _SYMBOL_BEFORE.search(text, max(0, at - 5), at)
    return (SYMBOLS[match[0].strip()], match.start()) if match else None
