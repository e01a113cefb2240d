"""What the recount knows: the answers of the API and the items of the table, as tables of pandas. No lake, no SQL."""

import json
from pathlib import Path

import pandas as pd


def read_lines(path: Path) -> list[dict]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def frame(rows: list[dict], columns: str) -> pd.DataFrame:
    """A table with these columns, also if there is no row."""
    return pd.DataFrame(rows, columns=columns.split())


ORDERS = (
    "order_id at storefront channel country currency goods shipping duty tax fees total locked sold held delivered accepted_at"
    " refunded"
)
LINES = "order_id parcel_id sku hs quantity goods"
CHARGES = "order_id parcel_id regime scheme kind amount currency owed_to on_delivery"
PARCELS = "order_id parcel_id warehouse carrier service freight freight_currency carbon weight"
LEGS = "order_id parcel_id mode km grams"
FACTS = "order_id at name data"
POSTINGS = "order_id at account amount currency"
REFUNDS = "order_id refund_id at amount currency reason"


class Evidence:
    """The orders of a backend with their facts and ledgers; times are instants in UTC."""

    def __init__(self, orders: list[dict]):
        found: dict[str, list[dict]] = {
            name: [] for name in ("orders", "lines", "charges", "parcels", "legs", "facts", "postings", "refunds")
        }
        for order in orders:
            self._read(order, found)
        self.orders = frame(found["orders"], ORDERS)
        self.lines = frame(found["lines"], LINES)
        self.charges = frame(found["charges"], CHARGES)
        self.parcels = frame(found["parcels"], PARCELS)
        self.legs = frame(found["legs"], LEGS)
        self.facts = frame(found["facts"], FACTS)
        self.postings = frame(found["postings"], POSTINGS)
        self.refunds = frame(found["refunds"], REFUNDS)

    def _read(self, order: dict, found: dict[str, list[dict]]) -> None:
        order_id = order["orderId"]
        facts = [
            {"order_id": order_id, "at": pd.Timestamp(fact["occurredAt"]), "name": fact["name"], "data": fact["data"]}
            for fact in order["facts"]
        ]
        found["facts"] += facts
        placed = next(fact for fact in facts if fact["name"] == "order.placed")
        names = [fact["name"] for fact in facts]
        cost = placed["data"]["landedCost"]
        totals = {name: amount["amount"] for name, amount in cost["totals"].items()}
        accepted = [fact["at"] for fact in facts if fact["name"] in ("payment.authorised", "payment.captured")]
        is_sold = (
            "payment.captured" in names
            or ("payment.authorised" in names and "payment.voided" not in names)
            or totals["total"] == 0
        )
        refunds = self._refunds(facts)
        found["refunds"] += refunds
        found["orders"].append(
            {
                "order_id": order_id,
                "at": placed["at"],
                "storefront": placed["data"]["storefrontId"],
                # An order of no channel has an empty one, as the row of the report.
                "channel": placed["data"].get("channel", ""),
                "country": cost["destination"]["country"],
                "currency": cost["currency"],
                **totals,
                "locked": cost.get("exchangeRates", {}).get("date"),
                "sold": is_sold,
                "held": "screening.held" in names or "order.held" in names,
                "delivered": "order.delivered" in names,
                "accepted_at": min(accepted, default=None),
                "refunded": bool(refunds),
            }
        )
        for entry in order["ledger"]:
            for posting in entry["postings"]:
                found["postings"].append(
                    {
                        "order_id": order_id,
                        "at": pd.Timestamp(entry["occurredAt"]),
                        "account": posting["account"],
                        **posting["amount"],
                    }
                )
        by_id = {each["consignmentId"]: each for each in cost["consignments"]}
        for parcel in placed["data"]["parcels"]:
            own = {"order_id": order_id, "parcel_id": parcel["parcelId"]}
            self._read_parcel(own, by_id[parcel["consignmentId"]], found)

    @staticmethod
    def _refunds(facts: list[dict]) -> list[dict]:
        """Refunds that were paid and did not come back."""
        of = lambda name: {fact["data"]["refundId"]: fact for fact in facts if fact["name"] == name}
        requested, failed = of("refund.requested"), of("refund.failed")
        return [
            {
                "order_id": fact["order_id"],
                "refund_id": refund_id,
                "at": fact["at"],
                **fact["data"]["amount"],
                "reason": requested[refund_id]["data"]["reason"],
            }
            for refund_id, fact in of("refund.paid").items()
            if refund_id not in failed
        ]

    @staticmethod
    def _read_parcel(own: dict, planned: dict, found: dict[str, list[dict]]) -> None:
        for line in planned["lines"]:
            found["lines"].append(
                {
                    **own,
                    "sku": line["sku"],
                    "hs": line["hsCode"],
                    "quantity": line["quantity"],
                    "goods": line["goodsValue"]["amount"],
                }
            )
        for charge in planned["charges"]:
            found["charges"].append(
                {
                    **own,
                    "regime": planned["regime"],
                    "scheme": planned["scheme"],
                    "kind": charge["kind"],
                    **charge["amount"],
                    "owed_to": charge.get("owedTo"),
                    "on_delivery": charge.get("collectedOnDelivery", False),
                }
            )
        freight = planned.get("freight", {})
        found["parcels"].append(
            {
                **own,
                "warehouse": planned["warehouseId"],
                "carrier": planned["carrier"],
                "service": planned["service"],
                "freight": freight.get("amount"),
                "freight_currency": freight.get("currency"),
                "carbon": planned.get("carbonGrams"),
                "weight": sum(box["count"] * box["grossWeightGrams"] for box in planned.get("packages", [])),
            }
        )
        carbon = planned.get("carbon")
        if carbon is None:
            return
        for leg in carbon["legs"]:
            found["legs"].append({**own, "mode": leg["mode"], "km": leg["distanceKm"], "grams": leg["grams"]})
        packaging = {"mode": "packaging", "km": 0, "grams": carbon["packaging"]["grams"]}
        found["legs"].append({**own, **packaging})

    def of_storefront(self, storefront: str) -> "Evidence":
        return self._only(set(self.orders[self.orders.storefront == storefront].order_id))

    def moved_to(self, times: dict[str, pd.Timestamp]) -> "Evidence":
        """The orders with a time, each moved as a whole so that it was placed then."""
        own = self._only(set(times))
        by = {row.order_id: times[row.order_id] - row.at for row in own.orders.itertuples()}
        for name in ("orders", "facts", "postings", "refunds"):
            table = getattr(own, name).copy()
            table["at"] = [row.at + by[row.order_id] for row in table.itertuples()]
            setattr(own, name, table)
        return own

    def _only(self, order_ids: set[str]) -> "Evidence":
        own = Evidence([])
        for name in ("orders", "lines", "charges", "parcels", "legs", "facts", "postings", "refunds"):
            table = getattr(self, name)
            setattr(own, name, table[table.order_id.isin(order_ids)].reset_index(drop=True))
        return own
