"""What the file alone says: units of each invoice, and orders, units and price of goods of each day."""

import pandas as pd

from asking import Asked
from world import World

# Codes of the data set that are not goods, as its description and a look at it say.
NO_GOODS = {"AMAZONFEE", "B", "BANK CHARGES", "C2", "CRUK", "D", "DOT", "M", "POST", "S"}
NO_PLACE = {"Channel Islands", "European Community", "Unspecified", "RSA"}


def goods_rows(world: World) -> pd.DataFrame:
    """The rows that sell goods: no cancellations, corrections, postage or gifts, with a price in whole pence."""
    rows = world.rows
    is_goods = ~rows.sku.isin(NO_GOODS) & ~rows.sku.str.startswith("GIFT_")
    is_goods &= ~rows.sku.str.fullmatch(r"ADJUST\d?|TEST\d{3}") & rows.sku.str.fullmatch(r"[A-Z0-9][A-Z0-9._-]{0,39}")
    is_sale = ~rows.invoice.str.upper().str.startswith("C") & (rows.quantity > 0) & (rows.pence > 0) & rows.is_pence
    return rows[is_goods & is_sale & ~rows.country.isin(NO_PLACE)]


def list_prices(world: World) -> pd.Series:
    """The price of each product: the median of its rows, of two middle ones the lower one."""
    return goods_rows(world).groupby("sku").pence.quantile(0.5, interpolation="lower")


def sold_rows(world: World) -> pd.DataFrame:
    """The rows of whole invoices that were placed: those that neither the file's rules nor the API refused."""
    refused = set(world.refused.line.astype(int))
    rows = goods_rows(world)
    rows = rows[~rows.line.isin(refused) & rows.invoice.isin(set(world.placed.invoice))]
    return rows.assign(goods=rows.quantity * rows.sku.map(list_prices(world)))


def units_of_invoices(world: World) -> tuple[dict, dict]:
    """Units and price of goods by invoice and product: of the file, and of the orders as the API shows them."""
    of_file = sold_rows(world).groupby(["invoice", "sku"])[["quantity", "goods"]].sum()
    lines = world.evidence.lines.merge(world.placed[["order_id", "invoice"]], on="order_id")
    of_api = lines.groupby(["invoice", "sku"])[["quantity", "goods"]].sum()
    plain = lambda table: {key: tuple(int(each) for each in row) for key, row in zip(table.index, table.to_numpy())}
    return plain(of_file), plain(of_api)


def sales_of_days(world: World, asked: Asked) -> dict:
    """Units and price of goods by local day, and by product, of the rows alone. The replay pays all of its orders."""
    rows = sold_rows(world)
    first = world.rows.drop_duplicates("invoice").set_index("invoice")["at"]
    rows = asked.within(rows.assign(at=rows.invoice.map(first)))
    of = lambda own: {"units": int(own.quantity.sum()), "goods": asked.money(own.goods.sum())}
    return {
        "by-day": {(day,): of(rows[rows.day == day]) for day in asked.days()},
        "by-sku": {(sku,): of(own) for sku, own in rows.groupby("sku")},
        "summary": {(): of(rows)},
    }
