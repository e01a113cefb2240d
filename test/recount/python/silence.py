"""Parcels that were with a carrier at the end of the period, and which of them had no scan for too long."""

from fractions import Fraction

import pandas as pd

from asking import Asked, nearest_rank
from evidence import Evidence

# Of every hundred waits of a lane one is longer than its limit. With fewer waits the limit is a day.
PART, ENOUGH, A_DAY = Fraction(99, 100), 100, 86_400
# Waits are those of parcels that arrived in this time before the end.
LATELY = pd.Timedelta(days=28)
# When it happened by the partner; a fact without it has its own time.
PARTNERS_TIME = {"parcel.dispatched": "handedOverAt", "parcel.delivered": "deliveredAt", "parcel.scanned": "scannedAt"}


class Way:
    """What is known of one parcel by the cut."""

    def __init__(self, facts: pd.DataFrame, cut: pd.Timestamp):
        by_name: dict[str, list[pd.Timestamp]] = {}
        for fact in facts.itertuples():
            field = PARTNERS_TIME.get(fact.name)
            at = fact.at if field is None else pd.Timestamp(fact.data[field])
            if at <= cut:
                by_name.setdefault(fact.name, []).append(at)
        self.handed = min(by_name.get("parcel.dispatched", []), default=None)
        self.arrived = min(by_name.get("parcel.delivered", []), default=None)
        self.scans = by_name.get("parcel.scanned", [])
        self.has_ended = self.arrived is not None or "parcel.closed" in by_name

    @property
    def is_under_way(self) -> bool:
        return self.handed is not None and not self.has_ended

    def silence(self, cut: pd.Timestamp) -> int:
        return whole_seconds(max([self.handed, *self.scans]), cut)

    def waits(self, cut: pd.Timestamp) -> list[int]:
        if self.handed is None or self.arrived is None or self.arrived < cut - LATELY:
            return []
        between = [at for at in self.scans if self.handed < at < self.arrived]
        points = sorted([self.handed, *between, self.arrived])
        return [wait for a, b in zip(points, points[1:]) if (wait := whole_seconds(a, b)) > 0]


def whole_seconds(start: pd.Timestamp, end: pd.Timestamp) -> int:
    """Between the seconds of two instants."""
    return int(end.timestamp()) - int(start.timestamp())


def tables(ev: Evidence, asked: Asked) -> dict:
    """All parcels count, whenever they were ordered, also those of orders that were not paid."""
    steps = ev.facts.name.str.startswith(("parcel.", "dispatch."))
    facts = ev.facts[steps].assign(parcel_id=[data.get("parcelId") for data in ev.facts[steps].data])
    # Of a period that is not over, the end is that of the last scan or step that is known.
    cut = asked.end if asked.is_over else facts["at"].max()
    own = {parcel: Way(rows, cut) for parcel, rows in facts.groupby("parcel_id")}
    parcels = ev.parcels.merge(ev.orders[["order_id", "country"]], on="order_id")
    by_lane, all_rows = {}, []
    for lane, rows in parcels.groupby(["warehouse", "country", "carrier"]):
        ways = [own[parcel] for parcel in rows.parcel_id if parcel in own]
        waits = [wait for way in ways for wait in way.waits(cut)]
        limit = nearest_rank(waits, PART) if len(waits) >= ENOUGH else A_DAY
        quiet = [way.silence(cut) for way in ways if way.is_under_way]
        judged = [(seconds, seconds >= limit) for seconds in quiet]
        all_rows += judged
        if judged:
            by_lane[lane] = {"limit": limit, **row_of(judged)}
    return {"silent": {(): row_of(all_rows)}, "silent-by-lane": by_lane}


def row_of(judged: list[tuple[int, bool]]) -> dict:
    return {
        "underWay": len(judged),
        "silent": sum(is_silent for _, is_silent in judged),
        "longest": max((seconds for seconds, _ in judged), default=None),
    }
