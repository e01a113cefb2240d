"""Everything that the recount reads: the file of sales, what the check asked, and what the API and the table answered."""

import json
from pathlib import Path

import pandas as pd

from asking import Asked, Rates
from evidence import Evidence, frame, read_lines

# The storefront of the orders that the check adds, and its only shopper.
BESIDE = "recount"
SHOP = "replay"


class World:
    def __init__(self, sales: Path, work: Path):
        self.work = work
        self.evidence = Evidence(read_lines(work / "orders.ndjson"))
        self.all_orders = self.evidence.orders
        self.stock = read_lines(work / "stock.ndjson")
        self.rates = Rates(json.loads((work / "rates.json").read_text()))
        self.asked = json.loads((work / "asked.json").read_text())
        self.costs = {cost["sku"]: cost for cost in self.asked["purchase"]}
        self.rows = rows_of(sales)
        self.placed = orders_of_replay(work / ".local/replay/orders.csv")
        self.refused = pd.read_csv(work / ".local/replay/refused.csv", dtype=str, keep_default_na=False)
        self.quotes = quotes_of(read_lines(work / "quotes.ndjson"))
        firsts = self.rows.drop_duplicates("invoice").set_index("invoice")
        self.customers = {
            row.order_id: firsts.loc[row.invoice].customer or f"guest {row.invoice}" for row in self.placed.itertuples()
        }
        self.invoice_times = {row.order_id: firsts.loc[row.invoice]["at"] for row in self.placed.itertuples()}
        for order in self.all_orders.itertuples():
            self.customers.setdefault(order.order_id, BESIDE)

    def visits(self, asked: Asked) -> pd.DataFrame:
        """A row for each request within the period, with its local day."""
        rows = [
            {
                "at": pd.Timestamp(visit["at"]),
                "storefront": BESIDE,
                "country": visit["country"],
                "visitor": None if visit.get("visitor") is None else visit["visitor"] + visit["country"],
                "views": sum(step["step"] == "view" for step in visit["steps"]),
                "carts": sum(step["step"] == "cart" for step in visit["steps"]),
            }
            for visit in self.asked["visits"]
        ]
        return asked.within(frame(rows, "at storefront country visitor views carts"))

    def costs_are_in(self, currency: str) -> bool:
        return all(cost[part]["currency"] == currency for cost in self.costs.values() for part in ("purchase", "firstLeg"))

    def marketing(self, cohort: tuple[str, str], asked: Asked) -> int | None:
        """What was spent in the month and market; undefined where nothing was, or where an amount has no rate."""
        own = [each for each in self.asked["marketing"] if (each["day"][:7], each["market"]) == cohort]
        own = [each for each in own if asked.storefront in (None, each["storefrontId"])]
        made = [self.rates.convert(*each["amount"].values(), asked.currency, each["day"]) for each in own]
        return None if not made or None in made else sum(made)


def rows_of(sales: Path) -> pd.DataFrame:
    """The rows of the file with the number of their line; the first line has the names of the columns."""
    rows = pd.read_csv(sales, dtype=str, keep_default_na=False, encoding="utf-8")
    return pd.DataFrame(
        {
            "line": range(2, len(rows) + 2),
            "invoice": rows.InvoiceNo.str.strip(),
            "sku": rows.StockCode.str.strip().str.upper(),
            "quantity": pd.to_numeric(rows.Quantity),
            "pence": pd.to_numeric(rows.UnitPrice).mul(1000).round().astype("int64"),
            "at": pd.to_datetime(rows.InvoiceDate, format="%m/%d/%y %H:%M", utc=True),
            "customer": rows.CustomerID.str.strip().str.removesuffix(".0"),
            "country": rows.Country,
        }
    ).assign(is_pence=lambda made: made.pence % 10 == 0, pence=lambda made: made.pence // 10)


def orders_of_replay(path: Path) -> pd.DataFrame:
    """The orders that the replay placed, with their invoice. An invoice may have become several."""
    orders = pd.read_csv(path, dtype=str, keep_default_na=False)
    orders = orders[orders.orderId != ""]
    return pd.DataFrame(
        {"order_id": orders.orderId, "invoice": orders.order.str.partition("/")[0], "country": orders.country}
    )


def quotes_of(quotes: list[dict]) -> pd.DataFrame:
    rows = []
    for quote in quotes:
        is_given = quote["outcome"] == "given"
        market = quote["options"][0]["landedCost"]["destination"] if is_given else quote["destination"]
        rows.append(
            {
                "at": pd.Timestamp(quote["createdAt"]),
                "outcome": quote["outcome"],
                "storefront": quote["storefrontId"],
                "country": market["country"],
                "is_refresh": quote.get("previousQuoteId") is not None,
                "reasons": quote.get("reasons", []),
            }
        )
    return frame(rows, "at outcome storefront country is_refresh reasons")
