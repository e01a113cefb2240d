"""Counts the figures of all reports again and names those that differ. Usage: recount.py SALES.csv[.gz] FOLDER"""

import json
import math
import sys
import time
from pathlib import Path

import file_sales
import operations
import payments
import sales
from asking import Asked
from world import World

RECOUNTS = {
    "sales": sales.sales,
    "landed-cost": sales.landed_cost,
    "cohorts": sales.cohorts,
    "ledger": operations.ledger,
    "tax": operations.tax,
    "funnel": operations.funnel,
    "regions": operations.regions,
    "inventory-health": operations.inventory,
    "life-cycle": operations.life_cycle,
    "service": operations.service,
    "carbon": operations.carbon,
    "market-trends": operations.market_trends,
    "unit-economics": operations.unit_economics,
    "payments": payments.payments,
}

# What names a row of a table: columns, or the currency of a column.
KEYS = {
    "by-day": ["day"],
    "by-market": ["market"],
    "by-storefront": ["storefront"],
    "by-channel": ["channel"],
    "by-currency": ["currency"],
    "by-scheme": ["regime", "scheme"],
    "by-market-and-scheme": ["market", "regime", "scheme"],
    "trial-balance": ["account", "closing.currency"],
    "ledger owed": ["authority", "what", "closing.currency"],
    "tax owed": ["authority", "what", "regime", "scheme", "currency"],
    "open-items": ["what", "order"],
    "counterparties": ["counterparty", "kind", "payable.currency"],
    "totals": ["currency"],
    "refusals": ["reason", "market"],
    "markets": ["market"],
    "behind": ["market", "figure"],
    "skus": ["sku"],
    "by-hour": ["at"],
    "by-minute": ["at"],
    "ages": ["age"],
    "by-warehouse": ["warehouse"],
    "by-sku": ["sku"],
    "inventory-health by-sku": ["sku", "warehouse"],
    "by-stage": ["stage"],
    "service by-lane": ["warehouse", "market", "carrier"],
    "payments by-provider": ["provider"],
    "payments by-method": ["method", "provider"],
    "payments by-market": ["market", "method", "provider"],
    "carbon by-lane": ["warehouse", "market", "carrier", "service"],
    "by-mode": ["mode"],
    "by-market-and-chapter": ["market", "chapter"],
    "by-cohort": ["month", "market"],
    "summary": [],
    "silent": [],
    "silent-by-lane": ["warehouse", "market", "carrier"],
}


EVERY_SECONDS = 10


class Progress:
    """Says every ten seconds how many reports were counted again, and how long the others take."""

    def __init__(self, total: int):
        self.total, self.done = total, 0
        self.began = self.said = time.monotonic()

    def over(self, items: list):
        for item in items:
            yield item
            self.done += 1
            now = time.monotonic()
            if now - self.said >= EVERY_SECONDS or self.done == self.total:
                self.said = now
                left = (now - self.began) / self.done * (self.total - self.done)
                print(f"Counted again: {self.done}/{self.total} reports, {left:.0f} s left", flush=True)


class Differences:
    def __init__(self):
        self.equal: dict[str, int] = {}
        self.found: list[str] = []

    def compare(self, what: str, place: str, counted, reported) -> None:
        if is_equal(counted, reported):
            self.equal[what] = self.equal.get(what, 0) + 1
        else:
            self.found.append(f"{place}: counted {show(counted)}, reported {show(reported)}")


def is_equal(counted, reported) -> bool:
    if isinstance(counted, (int, float)) and isinstance(reported, (int, float)):
        return math.isclose(counted, reported, rel_tol=1e-9, abs_tol=1e-12)
    return counted == reported


def show(value) -> str:
    return json.dumps(value, default=str)


def key_of(row: dict, columns: list[str]) -> tuple:
    cells = []
    for column in columns:
        name, _, part = column.partition(".")
        cells.append(row[name][part] if part else row[name])
    return tuple(cells)


def rows_by_key(answer: dict, name: str) -> dict:
    table = next(table for table in answer["tables"] if table["name"] == name)
    columns = KEYS.get(f"{answer['report']} {name}", KEYS.get(name))
    return {key_of(row, columns): row for row in table["rows"]}


def compare_report(answer: dict, counted: dict, place: str, differences: Differences, *, is_whole: bool) -> None:
    """`is_whole`: the report has no row that was not counted, other than one of zeros."""
    name = answer["report"]
    left_out = {each["code"]: each["count"] for each in answer["notCounted"]}
    for code, count in counted.pop("notCounted", {}).items():
        differences.compare(name, f"{place} left out, {code}", count, left_out.get(code, 0))
    if left_out.keys() & {"unknown-facts", "no-order", "not-balanced"}:
        differences.found.append(f"{place} leaves out {left_out}")
    for table, rows in counted.items():
        reported = rows_by_key(answer, table)
        for key, figures in rows.items():
            for column, value in figures.items():
                row = reported.get(key)
                cell = "no such row" if row is None else row[column]
                differences.compare(name, f"{place} {table} {key} {column}", value, cell)
        for key in reported.keys() - rows.keys() if is_whole else []:
            if any(has_figure(cell) for column, cell in reported[key].items() if cell not in key):
                differences.found.append(f"{place} {table} {key} was not counted: {show(reported[key])}")


def has_figure(cell) -> bool:
    if isinstance(cell, dict):
        return cell["amount"] != 0
    return isinstance(cell, (int, float)) and cell != 0


def recount(sales_file: Path, work: Path) -> Differences:
    world = World(sales_file, work)
    differences = Differences()
    of_file, of_api = file_sales.units_of_invoices(world)
    for key in of_file.keys() | of_api.keys():
        differences.compare("the file and the orders", f"invoice {key}", of_file.get(key), of_api.get(key))
    now, file = (sorted((work / f"reports/{folder}").glob("*.json")) for folder in ("now", "file"))
    progress = Progress(len(now) + len(file))
    for path in progress.over(now):
        answer = json.loads(path.read_text())
        asked = Asked.of(answer)
        evidence = world.evidence if asked.storefront is None else world.evidence.of_storefront(asked.storefront)
        compare_report(answer, RECOUNTS[answer["report"]](evidence, asked, world), place_of(answer), differences, is_whole=True)
        if answer["report"] == "tax":
            compare_with_ledger(answer, evidence, asked, differences)
    moved = world.evidence.moved_to(world.invoice_times)
    for path in progress.over(file):
        answer = json.loads(path.read_text())
        asked, place = Asked.of(answer), f"{place_of(answer)} of the file"
        compare_report(answer, sales.sales(moved, asked, world), place, differences, is_whole=True)
        compare_report(answer, file_sales.sales_of_days(world, asked), place, differences, is_whole=False)
    return differences


def compare_with_ledger(answer: dict, evidence, asked: Asked, differences: Differences) -> None:
    reported: dict[tuple[str, str], int] = {}
    for row in rows_by_key(answer, "owed").values():
        key = (f"{row['what']}-owed:{row['authority']}", row["currency"])
        reported[key] = reported.get(key, 0) + row["net"]["amount"]
    booked = operations.tax_equals_ledger(evidence, asked, answer)
    for key in booked.keys() | reported.keys():
        place = f"{place_of(answer)} {key} in the ledger"
        differences.compare("tax", place, booked.get(key, 0), reported.get(key, 0))


def place_of(answer: dict) -> str:
    shop = f" of {answer['storefrontId']}" if "storefrontId" in answer else ""
    return f"{answer['report']} {answer['period']} {answer['timeZone']} {answer['currency']}{shop}"


MOST_SHOWN = 60


def main() -> int:
    differences = recount(Path(sys.argv[1]), Path(sys.argv[2]))
    for name, count in differences.equal.items():
        print(f"recount {name}: {count} figures are equal")
    for line in differences.found[:MOST_SHOWN]:
        print(f"DIFFERS {line}")
    print(f"recount: {sum(differences.equal.values())} figures are equal, {len(differences.found)} differ")
    return 1 if differences.found else 0


if __name__ == "__main__":
    sys.exit(main())
