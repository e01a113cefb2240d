"""Payments: the tries of each order, followed fact by fact."""

from asking import Asked, ratio
from evidence import Evidence
from sales import placed_orders

FIGURES = ["tried", "paid", "declined", "noAnswer", "refused", "notSetUp", "chosen"]
LEFT = {"no-answer": "noAnswer", "refused": "refused", "not-set-up": "notSetUp", "chosen": "chosen"}


def payments(ev: Evidence, asked: Asked, world) -> dict:
    orders = placed_orders(ev, asked)
    orders = orders[orders.total > 0]
    markets = dict(zip(orders.order_id, orders.country))
    facts: dict[str, list] = {order_id: [] for order_id in markets}
    for order_id, name, data in zip(ev.facts.order_id, ev.facts.name, ev.facts.data):
        if order_id in facts:
            facts[order_id].append((name, data))
    counts: dict[tuple, dict[str, int]] = {}
    for order_id, own in facts.items():
        for way, figure in tries_of(own):
            row = counts.setdefault((markets[order_id], *way), dict.fromkeys(FIGURES, 0))
            row[figure] += 1
    return {
        "by-provider": grouped(counts, lambda market, method, provider: (provider,)),
        "by-method": grouped(counts, lambda market, method, provider: (method, provider)),
        "by-market": grouped(counts, lambda market, method, provider: (market, method, provider)),
    }


def tries_of(facts: list) -> list[tuple]:
    """Each figure of an order that goes up by one, with the method and the provider of the intent."""
    found, intents, current, is_paid = [], {}, None, False
    for name, data in facts:
        if name == "order.placed":
            current = (data["payment"]["method"], data["payment"]["provider"])
            intents[data["payment"]["paymentId"]] = current
            found.append((current, "tried"))
        if name == "payment.moved":
            to = (data["to"]["method"], data["to"]["provider"])
            if data["reason"] != "paid":
                found += [(current, LEFT[data["reason"]]), (to, "tried")]
            current = intents[data["to"]["paymentId"]] = to
        if name == "payment.failed":
            found.append((intents[data["paymentId"]], "declined"))
        is_paid = is_paid or name == "payment.authorised"
    return [*found, (current, "paid")] if is_paid else found


def grouped(counts: dict[tuple, dict[str, int]], name_of) -> dict:
    groups: dict[tuple, dict] = {}
    for key, own in counts.items():
        row = groups.setdefault(name_of(*key), dict.fromkeys(FIGURES, 0))
        for figure in FIGURES:
            row[figure] += own[figure]
    return {key: {**row, "success": ratio(row["paid"], row["tried"])} for key, row in groups.items()}
