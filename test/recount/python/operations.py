"""Ledger, tax, funnel, inventory, service, carbon and the rest: what happened to orders, parcels and stock."""

import pandas as pd

import silence
from asking import Asked, Converter, half_up, money, nearest_rank, part_of, ratio
from evidence import Evidence
from fractions import Fraction
from sales import not_paid, placed_orders, sold_orders, with_order


def ledger(ev: Evidence, asked: Asked, world) -> dict:
    until = asked.until(ev.postings)
    trial, owed, sides = {}, {}, {}
    for (account, currency), own in until.groupby(["account", "currency"]):
        before, now = own[own["at"] < asked.start].amount, own[own["at"] >= asked.start].amount
        opening, debits, credits = int(before.sum()), int(now[now > 0].sum()), int(-now[now < 0].sum())
        closing = opening + debits - credits
        of = lambda **values: {name: money(value, currency) for name, value in values.items()}
        trial[(account, currency)] = of(opening=opening, debits=debits, credits=credits, closing=closing)
        name, _, other = account.partition(":")
        if name.endswith("-owed"):
            owed[(other, name.removesuffix("-owed"), currency)] = of(
                opening=-opening, added=credits, taken=debits, closing=-closing
            )
        kinds = {"customer-deposits": "shoppers", "provider-clearing": "provider"}
        kind = "authority" if name.endswith("-owed") else kinds.get(name)
        if kind is not None:
            key = (other or "shoppers", kind, currency)
            payable, receivable = sides.get(key, (0, 0))
            is_ours = kind != "provider"
            sides[key] = (payable - closing * is_ours, receivable + closing * (not is_ours))
    deposits = until[until.account == "customer-deposits"].groupby(["order_id", "currency"]).amount.sum()
    totals = {}
    for currency, own in until[until["at"] >= asked.start].groupby("currency"):
        amounts = own.amount
        totals[(currency,)] = {
            "debits": money(amounts[amounts > 0].sum(), currency),
            "credits": money(-amounts[amounts < 0].sum(), currency),
        }
    return {
        "trial-balance": trial,
        "owed": owed,
        "open-items": {
            ("paid-not-sent", order): {
                "side": "payable" if balance < 0 else "receivable",
                "amount": money(abs(balance), currency),
            }
            for (order, currency), balance in deposits.items()
            if balance != 0
        },
        "counterparties": {
            key: {"payable": money(payable, key[2]), "receivable": money(receivable, key[2])}
            for key, (payable, receivable) in sides.items()
        },
        "totals": totals,
    }


def tax(ev: Evidence, asked: Asked, world) -> dict:
    """What the plans say that parcels owe once they have left, and the postings of the schemes with a return."""
    left = asked.within(ev.facts[ev.facts.name == "parcel.dispatched"])
    left = left.assign(parcel_id=[data["parcelId"] for data in left.data])[["parcel_id"]]
    charges = ev.charges[ev.charges.kind.isin(["duty", "tax", "fee"]) & ~ev.charges.on_delivery.astype(bool)]
    charges = charges[charges.amount != 0].merge(left, on="parcel_id")
    charges = charges.assign(authority=charges.owed_to.fillna("unassigned"), added=charges.amount, taken=0)
    has_return = (charges.kind == "tax") & charges.authority.str.fullmatch(r"..:(ioss|oss)")
    columns = "authority what regime scheme currency order_id added taken".split()
    own = charges[~has_return].rename(columns={"kind": "what"})[columns]
    posted = asked.within(ev.postings)
    posted = posted[posted.account.str.fullmatch(r"tax-owed:..:(ioss|oss)")]
    posted = posted.assign(
        authority=posted.account.str.slice(9),
        what="tax",
        regime="eu",
        scheme=posted.account.str.slice(12),
        added=(-posted.amount).clip(lower=0),
        taken=posted.amount.clip(lower=0),
    )[columns]
    made = {}
    for key, rows in pd.concat([own, posted]).groupby(columns[:5]):
        added, taken, currency = int(rows.added.sum()), int(rows.taken.sum()), key[4]
        made[key] = {
            "orders": int(rows[rows.added > 0].order_id.nunique()),
            "added": money(added, currency),
            "taken": money(taken, currency),
            "net": money(added - taken, currency),
        }
    return {"owed": made}


def tax_equals_ledger(ev: Evidence, asked: Asked, answer: dict) -> dict:
    """The net of each authority is what its accounts changed by."""
    now = asked.within(ev.postings)
    now = now[now.account.str.contains("-owed:")]
    return {key: -int(value) for key, value in now.groupby(["account", "currency"]).amount.sum().items() if value}


STEPS = "visitors views carts quotes refused orders paid delivered".split()


def funnel(ev: Evidence, asked: Asked, world) -> dict:
    """
    By market, storefront, day, and by hour and minute where the report has them. Visits are those that the check sent;
    quotes are the items of the table.
    """
    convert = Converter(world.rates, asked.currency)
    days = (asked.end - asked.start).round("D").days
    orders, quotes, visits = (
        with_slots(table, asked) for table in (placed_orders(ev, asked), asked.within(world.quotes), world.visits(asked))
    )
    # Of a visitor the first step counts.
    visits["first"] = visits.groupby("visitor")["at"].transform("min")
    places_of = ["day", "storefront", "country", "hour", "minute"]
    charged = convert.groups(orders[orders.sold], places_of, ["total"])
    if asked.storefront is not None:
        quotes = quotes[quotes.storefront == asked.storefront]
        visits = visits[visits.storefront == asked.storefront]

    def row(**of) -> dict:
        def cut(table: pd.DataFrame) -> pd.DataFrame:
            for column, value in of.items():
                table = table[table[column] == value]
            return table

        o, q, v = cut(orders), cut(quotes), cut(visits)
        own = visits[visits.visitor.isin(v[v["at"] == v["first"]].visitor)]
        visitors = own.groupby("visitor").carts.sum()
        counts = {
            "visitors": len(visitors),
            "views": int(v["views"].sum()),
            "carts": int(v.carts.sum()),
            "quotes": int(((q.outcome == "given") & ~q.is_refresh.astype(bool)).sum()),
            "refused": int((q.outcome == "refused").sum()),
            "orders": len(o),
            "paid": int(o.sold.sum()),
            "delivered": int(o.delivered.sum()),
        }
        return {
            **counts,
            "charged": asked.money(cut(charged).total.sum()),
            "toCart": ratio(int((visitors > 0).sum()), counts["visitors"]),
            "toOrder": ratio(counts["orders"], counts["quotes"]),
            "toPaid": ratio(counts["paid"], counts["orders"]),
            "toDelivered": ratio(counts["delivered"], counts["paid"]),
            "refusedPart": ratio(counts["refused"], counts["quotes"] + counts["refused"]),
        }

    places = lambda column: sorted({*orders[column], *quotes[column], *visits[column]})
    refusals = quotes[quotes.outcome == "refused"].explode("reasons")
    return {
        "summary": {(): row()},
        "by-market": {(each,): row(country=each) for each in places("country")},
        "by-storefront": {(each,): row(storefront=each) for each in places("storefront")},
        "by-day": {(each,): row(day=each) for each in asked.days()},
        "by-hour": {(each,): row(hour=each) for each in places("hour")} if days <= 7 else {},
        "by-minute": {(each,): row(minute=each) for each in places("minute")} if days <= 1 else {},
        "refusals": {
            key: {"baskets": len(own)} for key, own in refusals.groupby(["reasons", "country"])
        },
    }


def with_slots(table: pd.DataFrame, asked: Asked) -> pd.DataFrame:
    """The hour and the minute of each row as the report writes them; hours begin with the local day."""
    hours, minutes = [], []
    for at in table["at"]:
        local = at.tz_convert(asked.zone)
        since = (at - pd.Timestamp(local.date(), tz=asked.zone)).total_seconds()
        for slots, size in ((hours, 3_600), (minutes, 60)):
            start = (at - pd.Timedelta(seconds=since % size)).tz_convert(asked.zone)
            slots.append(start.isoformat(timespec="minutes"))
    return table.assign(hour=hours, minute=minutes)


# Shares of fewer are not compared; a worse one is worse by a quarter and by three standard errors.
FEWEST, WORSE_BY, STANDARD_ERRORS = 30, Fraction(1, 4), 3


def is_worse(own: tuple[int, int], other: tuple[int, int], sign: int) -> bool:
    """Hits and the number they are of, by the test of two proportions with a pooled share. `sign`: 1 if more is worse."""
    if min(own[1], other[1]) < FEWEST:
        return False
    mine, theirs = Fraction(*own), Fraction(*other)
    pooled = Fraction(own[0] + other[0], own[1] + other[1])
    variance = pooled * (1 - pooled) * (Fraction(1, own[1]) + Fraction(1, other[1]))
    by = sign * (mine - theirs)
    return by > 0 and by >= WORSE_BY * theirs and by * by >= STANDARD_ERRORS**2 * variance


def behind(shares: dict[str, tuple[int, int]], sign: int) -> dict[str, dict]:
    """What is worse than all others together. Nothing happened in the time before the period."""
    hits, of = (sum(each[part] for each in shares.values()) for part in (0, 1))
    found = {}
    for name, own in shares.items():
        others = (hits - own[0], of - own[1])
        if is_worse(own, others, sign):
            found[name] = {
                "share": ratio(*own),
                "of": own[1],
                "before": None,
                "others": ratio(*others),
                "against": "others",
            }
    return found


# The direction in which a figure is worse.
WORSE = {"conversion": -1, "refused": 1, "paid": -1, "held": 1, "refunded": 1}


def regions(ev: Evidence, asked: Asked, world) -> dict:
    orders = placed_orders(ev, asked)
    quotes = asked.within(world.quotes)
    quotes = quotes[~quotes.is_refresh.astype(bool)]
    if asked.storefront is not None:
        quotes = quotes[quotes.storefront == asked.storefront]
    made, shares = {}, {figure: {} for figure in WORSE}
    # The report compares with the time before, and lists its markets too; nothing happened then.
    for market in sorted({*orders.country, *quotes.country}):
        o, q = orders[orders.country == market], quotes[quotes.country == market]
        given, refused, paid = int((q.outcome == "given").sum()), int((q.outcome == "refused").sum()), o[o.sold]
        made[(market,)] = {
            "quotes": given,
            "orders": len(o),
            "conversion": ratio(min(len(o), given), given),
            "refused": ratio(refused, given + refused),
            "paid": ratio(len(paid), len(o)),
            "held": ratio(int(o.held.sum()), len(o)),
            "refunded": ratio(int(paid.refunded.sum()), len(paid)),
        }
        shares["conversion"][market] = (min(len(o), given), given)
        shares["refused"][market] = (refused, given + refused)
        shares["paid"][market] = (len(paid), len(o))
        shares["held"][market] = (int(o.held.sum()), len(o))
        shares["refunded"][market] = (int(paid.refunded.sum()), len(paid))
    worse = {
        (market, figure): row
        for figure, sign in WORSE.items()
        for market, row in behind(shares[figure], sign).items()
    }
    sold = orders[orders.sold]
    held_lines = ev.lines[["order_id", "sku"]].drop_duplicates().merge(sold[["order_id", "refunded"]], on="order_id")
    by_sku = {sku: (int(own.refunded.sum()), len(own)) for sku, own in held_lines.groupby("sku")}
    return {"markets": made, "behind": worse, "skus": {(sku,): row for sku, row in behind(by_sku, 1).items()}}


def inventory(ev: Evidence, asked: Asked, world) -> dict:
    """
    The stock as the API gives it at the end of the run, which is within each period that is asked. Everything arrived
    and left within the run, so that the opening stock is zero and no unit is old.
    """
    last_day = str((asked.end - pd.Timedelta(milliseconds=1)).date())
    rows = []
    for stock in world.stock:
        cost = world.costs.get(stock["sku"])
        parts = [] if cost is None else [cost["purchase"], cost["firstLeg"]]
        made = [world.rates.convert(each["amount"], each["currency"], asked.currency, last_day) for each in parts]
        for position in stock["warehouses"]:
            rows.append({"sku": stock["sku"], **position, "parts": parts, "known": bool(made) and None not in made})
    table = pd.DataFrame(rows)
    value = value_of(table, asked, world, last_day)
    # The units of the run left at one time. Within the first days of a month that is before its last 28 days.
    left_lately = ev.postings["at"].max() >= asked.end - pd.Timedelta(days=28)

    def row(own: pd.DataFrame) -> dict:
        on_hand, shipped = int(own.onHand.sum()), int(own.shipped.sum())
        usable = on_hand - int(own.quarantined.sum())
        return {
            "onHand": on_hand,
            "reserved": int(own.reserved.sum()),
            "quarantined": int(own.quarantined.sum()),
            "inTransit": int(own.inTransit.sum()),
            "shipped": shipped,
            "turnover": ratio(shipped, on_hand / 2),
            "cover": None if shipped == 0 or not left_lately else round(usable * 28 * 86_400 / shipped),
            "dead": 0,
            "unvalued": int(own[~own.known].onHand.sum()),
        }

    by_sku = {}
    for (warehouse, sku), own in table.groupby(["warehouseId", "sku"]):
        by_sku[(sku, warehouse)] = row(own)
    warehouses = {(each,): row(own) for each, own in table.groupby("warehouseId")}
    return {
        "summary": {(): {**row(table), "value": asked.money(value), "deadValue": asked.money(0)}},
        "by-warehouse": warehouses,
        "by-sku": by_sku,
        "by-currency": by_cost_currency(table),
        "ages": {
            (age,): {
                "units": int(table.onHand.sum()) if age == "0-30" else 0,
                "part": ratio(int(table.onHand.sum()) if age == "0-30" else 0, int(table.onHand.sum())),
                "value": asked.money(value if age == "0-30" else 0),
            }
            for age in ("0-30", "31-90", "91-180", "181-365", "over 365")
        },
    }


def value_of(table: pd.DataFrame, asked: Asked, world, day: str) -> int:
    total = 0
    for row in table.itertuples():
        for part in row.parts if row.known else []:
            total += world.rates.convert(part["amount"] * row.onHand, part["currency"], asked.currency, day) or 0
    return total


def by_cost_currency(table: pd.DataFrame) -> dict:
    sums: dict[str, int] = {}
    for row in table.itertuples():
        for part in row.parts:
            if row.onHand:
                sums[part["currency"]] = sums.get(part["currency"], 0) + part["amount"] * row.onHand
    return {(currency,): {"value": money(value, currency)} for currency, value in sums.items()}


def life_cycle(ev: Evidence, asked: Asked, world) -> dict:
    orders = asked.until(ev.orders)
    orders = orders[orders.sold]
    lines = with_order(ev.lines, orders, ["at"])
    skus, stages = {}, {}
    for sku, own in lines.groupby("sku"):
        back = lambda n: asked.end - pd.Timedelta(days=28 * n)
        units = lambda newer, older: int(
            own[(own["at"] >= back(older)) & (own["at"] < back(newer))].quantity.sum()
        )
        last, second, third = units(0, 1), units(1, 2), units(2, 3)
        usual = (second + third) / 2
        if own["at"].min() >= back(2):
            stage = "launch"
        elif last + second + third < 30:
            stage = "few"
        else:
            stage = "growth" if last >= 1.25 * usual else "decline" if last <= 0.75 * usual else "mature"
        skus[(sku,)] = {
            "stage": stage,
            "first": str(own["at"].min().date()),
            "third": third,
            "second": second,
            "last": last,
            "trend": ratio(2 * last, second + third),
        }
    for stage in "launch growth mature decline few".split():
        own = [each for each in skus.values() if each["stage"] == stage]
        stages[(stage,)] = {"skus": len(own), "units": sum(each["last"] for each in own)}
    return {"by-stage": stages, "by-sku": skus}


def service(ev: Evidence, asked: Asked, world) -> dict:
    orders = sold_orders(ev, asked)
    parcels = with_order(ev.parcels, orders, ["country", "accepted_at"])
    facts = ev.facts.assign(parcel_id=[data.get("parcelId") for data in ev.facts.data])
    first = lambda name: facts[facts.name == name].groupby("parcel_id")["at"].min()
    had = lambda *names: parcels.parcel_id.isin(facts[facts.name.isin(names)].parcel_id)
    closed = facts[[n == "parcel.closed" and d["outcome"] in ("lost", "returned") for n, d in zip(facts.name, facts.data)]]
    parcels = parcels.assign(
        delivered=had("parcel.delivered"),
        broken=had("parcel.promise_broken"),
        queried=had("declaration.queried"),
        refused=had("declaration.refused"),
        short=had("dispatch.short"),
        lost=parcels.parcel_id.isin(closed.parcel_id),
        tracking=seconds(parcels.accepted_at, parcels.parcel_id.map(first("parcel.booked"))),
        customs=seconds(
            parcels.parcel_id.map(first("declaration.filed")), parcels.parcel_id.map(first("declaration.released"))
        ),
    )

    def row(own: pd.DataFrame) -> dict:
        kept, broken = int((own.delivered & ~own.broken).sum()), int(own.broken.sum())
        return {
            "parcels": len(own),
            "delivered": int(own.delivered.sum()),
            "kept": kept,
            "broken": broken,
            "share": ratio(kept, kept + broken),
            "trackingHalf": nearest_rank(own.tracking, Fraction(1, 2)),
            "trackingNine": nearest_rank(own.tracking, Fraction(9, 10)),
            "customsHalf": nearest_rank(own.customs, Fraction(1, 2)),
            "customsNine": nearest_rank(own.customs, Fraction(9, 10)),
            **{name: int(own[name].sum()) for name in ("queried", "refused", "short", "lost")},
            "exceptions": int((own.queried | own.refused | own.short | own.lost).sum()),
        }

    return {
        "summary": {(): row(parcels)},
        "by-lane": {key: row(own) for key, own in parcels.groupby(["warehouse", "country", "carrier"])},
        **silence.tables(ev, asked),
        "notCounted": not_paid(ev, asked),
    }


def seconds(start: pd.Series, end: pd.Series) -> list[int | None]:
    """Whole seconds between the seconds of two instants."""
    return [
        None if pd.isna(a) or pd.isna(b) or b < a else int(b.timestamp()) - int(a.timestamp())
        for a, b in zip(start, end)
    ]


def carbon(ev: Evidence, asked: Asked, world) -> dict:
    orders = sold_orders(ev, asked)
    parcels = with_order(ev.parcels, orders, ["country"])

    def row(own: pd.DataFrame) -> dict:
        known = own[own.carbon.notna()]
        grams = int(known.carbon.sum())
        return {
            "parcels": len(own),
            "known": len(known),
            "carbon": grams,
            "mean": None if len(known) == 0 else half_up(Fraction(grams, len(known))),
            "weight": int(known.weight.sum()),
        }

    legs = with_order(ev.legs, orders, [])
    lane = ["warehouse", "country", "carrier", "service"]
    return {
        "summary": {(): row(parcels)},
        "by-market": {(each,): row(own) for each, own in parcels.groupby("country")},
        "by-lane": {key: row(own) for key, own in parcels.groupby(lane)},
        "by-mode": {
            (mode,): {
                "legs": len(own),
                "distance": int(own.km.sum()),
                "carbon": int(own.grams.sum()),
                "share": ratio(int(own.grams.sum()), int(legs.grams.sum())),
            }
            for mode, own in legs.groupby("mode")
        },
        "notCounted": not_paid(ev, asked),
    }


LEAST_BUYERS = 10


def market_trends(ev: Evidence, asked: Asked, world) -> dict:
    placed = world.all_orders.assign(customer=[world.customers.get(each) for each in world.all_orders.order_id])
    placed = placed.sort_values(["at", "order_id"])
    nth = dict(zip(placed.order_id, placed.groupby("customer").cumcount() + 1))
    orders = sold_orders(ev, asked)
    lines = with_order(ev.lines, orders, ["country"])
    lines = lines.assign(chapter=lines.hs.str.slice(0, 2), nth=lines.order_id.map(nth))
    cells = []
    for (market, chapter), own in lines.groupby(["country", "chapter"]):
        buyers = int(own.groupby("nth").order_id.nunique().max())
        if buyers >= LEAST_BUYERS:
            cells.append((market, chapter, buyers, own.order_id.nunique(), int(own.quantity.sum())))
    sums = {market: sum(cell[3] for cell in cells if cell[0] == market) for market, *_ in cells}
    return {
        "by-market-and-chapter": {
            (market, chapter): {"buyers": buyers, "orders": many, "units": units, "share": many / sums[market]}
            for market, chapter, buyers, many, units in cells
        },
        "by-market": {
            (market,): {
                "chapters": sum(1 for cell in cells if cell[0] == market),
                "orders": many,
                "units": sum(cell[4] for cell in cells if cell[0] == market),
            }
            for market, many in sums.items()
        },
    }


def unit_economics(ev: Evidence, asked: Asked, world) -> dict:
    """
    The sums over all units, in the currency of the orders: every product has a cost, and the freight is that of the rate
    card. How amounts are divided among the lines of a parcel is not counted again: it leaves the sums as they are.
    """
    orders = sold_orders(ev, asked)
    lines = with_order(ev.lines, orders, [])
    parcels = with_order(ev.parcels, orders, [])
    charges = with_order(ev.charges, orders, [])
    refunds = with_order(ev.refunds, orders.drop(columns=["currency"]), ["goods", "shipping", "total"])
    price = [half_up(Fraction(row.amount * (row.goods + row.shipping), row.total)) for row in per_order(refunds)]
    tax_back = ev.postings[ev.postings.account.str.startswith("tax-owed:") & (ev.postings.amount > 0)]
    tax_back = with_order(tax_back, orders.drop(columns=["currency"]), [])
    refunded = int(refunds.amount.sum())
    known = {
        "units": int(lines.quantity.sum()),
        "price": int(lines.goods.sum()),
        "shipping": int(charges[(charges.kind == "shipping")].amount.sum()),
        "freight": int(parcels.freight.sum()),
        "refunds": sum(price),
        "absorbed": refunded - int(tax_back.amount.sum()) - sum(price),
    }
    for part in ("purchase", "firstLeg"):
        known[part] = sum(row.quantity * world.costs[row.sku][part]["amount"] for row in lines.itertuples())
    costs = sum(known[name] for name in ("purchase", "firstLeg", "freight", "refunds", "absorbed"))
    income = known["price"] + known["shipping"]
    made = {"units": known["units"]}
    # In another currency, orders that converted nothing have no rates.
    if world.costs_are_in(asked.currency):
        made |= {name: asked.money(value) for name, value in known.items() if name != "units"}
        revenue = income - known["refunds"]
        contribution = income - costs if known["units"] > 0 else None
        made |= {"known": known["units"], "contribution": asked.money(contribution)}
        made |= {"margin": part_of(contribution, revenue) if revenue > 0 else None}
    return {"summary": {(): made}, "notCounted": not_paid(ev, asked)}


def per_order(refunds: pd.DataFrame):
    return refunds.groupby(["order_id", "goods", "shipping", "total"]).amount.sum().reset_index().itertuples()
