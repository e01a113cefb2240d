"""Sales, landed cost, cohorts: what orders brought."""

import pandas as pd

from asking import Asked, Converter, half_up, money, part_of
from evidence import Evidence
from fractions import Fraction

CHARGED = ["goods", "shipping", "duty", "tax", "fees"]


def placed_orders(ev: Evidence, asked: Asked) -> pd.DataFrame:
    """The orders of the period, with a clean currency day."""
    own = asked.within(ev.orders)
    return own.assign(placed_at=own["at"], locked=[value if isinstance(value, str) else None for value in own.locked])


def sold_orders(ev: Evidence, asked: Asked) -> pd.DataFrame:
    own = placed_orders(ev, asked)
    return own[own.sold]


def with_order(rows: pd.DataFrame, orders: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """The rows with columns of their order; rows of other orders are left out."""
    return rows.merge(orders[["order_id", *columns]], on="order_id", how="inner")


def not_paid(ev: Evidence, asked: Asked) -> dict:
    own = placed_orders(ev, asked)
    return {"not-paid": int((~own.sold).sum())}


def sales(ev: Evidence, asked: Asked, world) -> dict:
    convert = Converter(world.rates, asked.currency)
    orders = sold_orders(ev, asked)
    place = ["day", "storefront", "channel", "country"]
    figures = convert.groups(orders.assign(orders=1), place, CHARGED, ["orders"])
    lines = with_order(ev.lines, orders, [*place, "currency", "locked", "placed_at"])
    units = lines.groupby(place).quantity.sum().reset_index()
    refunds = refunds_of(ev, asked, convert)

    def row(own: pd.DataFrame, units: pd.DataFrame, back: pd.DataFrame) -> dict:
        sums = {name: int(own[name].sum()) for name in CHARGED}
        gross, refunded = sum(sums.values()), int(back.amount.sum())
        return {
            "orders": int(own.orders.sum()),
            "units": int(units.quantity.sum()),
            **{name: asked.money(value) for name, value in sums.items()},
            "gross": asked.money(gross),
            "discounts": asked.money(0),
            "refunds": asked.money(refunded),
            "net": asked.money(gross - refunded),
        }

    def by(column: str, keys) -> dict:
        cut = lambda table, key: table[table[column] == key]
        return {(key,): row(cut(figures, key), cut(units, key), cut(refunds, key)) for key in keys}

    keys = lambda column: sorted({*figures[column], *units[column], *refunds[column]})
    converted = int(figures[figures.converted.astype(bool)].orders.sum())
    total = row(figures, units, refunds)
    average = None if converted == 0 else asked.money(half_up(Fraction(total["gross"]["amount"], converted)))
    summary = {**total, "average": average, "refunded": int(refunds.refunds.sum())}
    skus = convert.groups(lines.assign(units=lines.quantity), [*place, "sku"], ["goods"], ["units"])
    counts = lines.groupby("sku").order_id.nunique()
    return {
        "summary": {(): summary},
        "by-day": by("day", asked.days()),
        "by-market": by("country", keys("country")),
        "by-storefront": by("storefront", keys("storefront")),
        "by-channel": by("channel", keys("channel")),
        "by-sku": {
            (sku,): {
                "orders": int(counts[sku]),
                "units": int(own.units.sum()),
                "goods": asked.money(own.goods.sum()),
            }
            for sku, own in skus.groupby("sku")
        },
        "by-currency": as_charged(ev, asked, orders),
        "notCounted": not_paid(ev, asked),
    }


def refunds_of(ev: Evidence, asked: Asked, convert: Converter) -> pd.DataFrame:
    own = asked.within(ev.refunds)
    orders = ev.orders.rename(columns={"at": "placed_at"})
    own = with_order(own, orders, ["storefront", "channel", "country", "locked", "placed_at"]).assign(refunds=1)
    own["locked"] = [value if isinstance(value, str) else None for value in own.locked]
    return convert.groups(own, ["day", "storefront", "channel", "country"], ["amount"], ["refunds"])


def as_charged(ev: Evidence, asked: Asked, orders: pd.DataFrame) -> dict:
    back = asked.within(ev.refunds)
    currencies = {*orders.currency, *back.currency}
    return {
        (currency,): {
            "orders": int((orders.currency == currency).sum()),
            "gross": money(int(orders[orders.currency == currency][CHARGED].sum().sum()), currency),
            "refunds": money(int(back[back.currency == currency].amount.sum()), currency),
        }
        for currency in currencies
    }


KINDS = {"goods": "goods", "freight": "shipping", "duty": "duty", "tax": "tax", "fees": "fee"}


def landed_cost(ev: Evidence, asked: Asked, world) -> dict:
    convert = Converter(world.rates, asked.currency)
    orders = sold_orders(ev, asked)
    charges = with_order(ev.charges, orders, ["country", "locked", "placed_at"])
    for figure, kind in KINDS.items():
        charges[figure] = charges.amount.where(charges.kind == kind, 0)
    charges["delivery"] = charges.amount.where(charges.on_delivery.astype(bool), 0)
    place = ["country", "regime", "scheme"]
    costs = convert.groups(charges, place, [*KINDS, "delivery"])
    parcels = charges.drop_duplicates("parcel_id")

    def row(own: pd.DataFrame, many: pd.DataFrame) -> dict:
        sums = {name: int(own[name].sum()) for name in KINDS}
        added = sum(sums.values()) - sums["goods"]
        return {
            "parcels": len(many),
            **{name: asked.money(value) for name, value in sums.items()},
            "total": asked.money(sum(sums.values())),
            "delivery": asked.money(own.delivery.sum()),
            "share": part_of(added, sums["goods"]),
        }

    def by(*columns: str) -> dict:
        groups = costs.groupby(list(columns))
        of = parcels.groupby(list(columns)) if len(parcels) else None
        return {key: row(own, of.get_group(key)) for key, own in groups}

    return {
        "summary": {(): row(costs, parcels)},
        "by-market": by("country"),
        "by-scheme": by("regime", "scheme"),
        "by-market-and-scheme": by("country", "regime", "scheme"),
        "notCounted": not_paid(ev, asked),
    }


def cohorts(ev: Evidence, asked: Asked, world) -> dict:
    """
    A customer is an e-mail address. No answer of the API has it, so it is computed from the file: the customer of the
    invoice, or the invoice where the retailer knew none.
    """
    convert = Converter(world.rates, asked.currency)
    orders = asked.until(ev.orders).rename(columns={"at": "placed_at"})
    orders = orders.assign(at=orders.placed_at, customer=[world.customers.get(each) for each in orders.order_id])
    orders["locked"] = [value if isinstance(value, str) else None for value in orders.locked]
    placed = world.all_orders.assign(
        customer=[world.customers.get(each) for each in world.all_orders.order_id]
    ).sort_values(["at", "order_id"])
    placed["nth"] = placed.groupby("customer").cumcount() + 1
    first = placed[placed.nth == 1].set_index("customer")
    orders["nth"] = orders.order_id.map(placed.set_index("order_id").nth)
    orders["month"] = [str(first.loc[each]["at"])[:7] for each in orders.customer]
    orders["market"] = [first.loc[each].country for each in orders.customer]
    own = orders[orders.sold]
    gross = convert.groups(own.assign(gross=own.total, orders=1), ["month", "market"], ["gross"], ["orders"])
    back = asked.until(ev.refunds).drop(columns="currency")
    refunds = with_order(back, own, ["month", "market", "currency", "locked", "placed_at"])
    refunds = convert.groups(refunds, ["month", "market"], ["amount"])
    cut = lambda table, key: table[(table.month == key[0]) & (table.market == key[1])]
    made = {}
    for key in {tuple(each) for each in own[["month", "market"]].itertuples(index=False)}:
        customers = int((cut(own, key).nth == 1).sum())
        spent, given = int(cut(gross, key).gross.sum()), int(cut(refunds, key).amount.sum())
        marketing = world.marketing(key, asked)
        mean = lambda value: None if value is None or customers == 0 else half_up(Fraction(value, customers))
        lifetime, cost = mean(spent - given), mean(marketing)
        made[key] = {
            "customers": customers,
            "orders": int(cut(gross, key).orders.sum()),
            "gross": asked.money(spent),
            "refunds": asked.money(given),
            "net": asked.money(spent - given),
            "lifetime": asked.money(lifetime),
            "marketing": asked.money(marketing),
            "acquisition": asked.money(cost),
            "ratio": None if lifetime is None or cost is None else part_of(lifetime, cost),
        }
    return {"by-cohort": made}
