"""What a report was asked, and how its amounts are converted."""

import math
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

import pandas as pd

# Rates serve until the fourth day after their own.
LASTS_DAYS = 4


class Rates:
    """The daily rates by their date; amounts have as many decimals as their currency, half up."""

    def __init__(self, tables: list[dict]):
        self.tables = {table["date"]: table for table in tables}

    def convert(self, minor: int, currency: str, to: str, day: str) -> int | None:
        if currency == to:
            return minor
        start = date.fromisoformat(day)
        for back in range(LASTS_DAYS + 1):
            table = self.tables.get(str(start - timedelta(days=back)))
            if table is None:
                continue
            per_base = {name: Fraction(rate) for name, rate in table["rates"].items()} | {table["base"]: Fraction(1)}
            if currency in per_base and to in per_base:
                return half_up(Fraction(minor) * per_base[to] / per_base[currency])
        return None


def half_up(value: Fraction) -> int:
    """Half away from zero."""
    whole = (abs(value) + Fraction(1, 2)).__floor__()
    return whole if value >= 0 else -whole


def part_of(part: int, whole: int) -> float | None:
    """To four decimals, half up."""
    return None if whole == 0 else half_up(Fraction(part * 10_000, whole)) / 10_000


def ratio(part: float, whole: float) -> float | None:
    return None if whole == 0 else part / whole


def nearest_rank(values: pd.Series, part: Fraction) -> int | None:
    known = sorted(value for value in values if value is not None and not pd.isna(value))
    return None if not known else int(known[math.ceil(part * len(known)) - 1])


@dataclass(frozen=True)
class Asked:
    start: pd.Timestamp
    end: pd.Timestamp
    zone: ZoneInfo
    currency: str
    storefront: str | None
    is_over: bool

    @staticmethod
    def of(answer: dict) -> "Asked":
        return Asked(
            pd.Timestamp(answer["from"]),
            pd.Timestamp(answer["to"]),
            ZoneInfo(answer["timeZone"]),
            answer["currency"],
            answer.get("storefrontId"),
            answer["status"] == "over",
        )

    def within(self, table: pd.DataFrame) -> pd.DataFrame:
        """The rows of the period, with their local day."""
        own = table[(table["at"] >= self.start) & (table["at"] < self.end)].copy()
        own["day"] = [str(at.tz_convert(self.zone).date()) for at in own["at"]]
        return own

    def until(self, table: pd.DataFrame) -> pd.DataFrame:
        return table[table["at"] < self.end]

    def days(self) -> list[str]:
        first, last = self.start.tz_convert(self.zone).date(), self.end.tz_convert(self.zone).date()
        return [str(first + timedelta(days=n)) for n in range((last - first).days)]

    def money(self, minor: int | None) -> dict | None:
        return None if minor is None else money(minor, self.currency)


def money(minor: int, currency: str) -> dict:
    return {"amount": int(minor), "currency": currency}


class Converter:
    """
    Converts groups of amounts at once, as the reports say: the rows that have the same keys, currency and day of rates
    are added up, and each figure of their sum is converted. Groups without a rate are left out.
    """

    def __init__(self, rates: Rates, currency: str):
        self.rates = rates
        self.currency = currency

    def groups(self, rows: pd.DataFrame, keys: list[str], figures: list[str], others: list[str] = []) -> pd.DataFrame:
        """`others` are counts that are added up beside the figures; `converted` says whether there was a rate."""
        made = []
        rows = rows.assign(
            rates_day=[row.locked or str(row.placed_at.date()) for row in rows.itertuples()],
            is_locked=[row.locked is not None for row in rows.itertuples()],
        )
        names = [*keys, "currency", "rates_day", "is_locked"]
        for name, own in rows.groupby(names, dropna=False, sort=True):
            key = dict(zip(names, name))
            row = {each: key[each] for each in keys} | {other: int(own[other].sum()) for other in others}
            amounts = {
                figure: self.rates.convert(int(own[figure].sum()), key["currency"], self.currency, key["rates_day"])
                for figure in figures
            }
            is_known = None not in amounts.values()
            made.append({**row, **({f: v if is_known else 0 for f, v in amounts.items()}), "converted": is_known})
        return pd.DataFrame(made, columns=[*keys, *others, *figures, "converted"])
