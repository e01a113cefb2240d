"""Prints what stockpyl computes for the instances of its textbook, as JSON. Run by check-policies.ts."""

import json

from stockpyl.demand_source import DemandSource
from stockpyl.eoq import economic_order_quantity
from stockpyl.gsm_tree import optimize_committed_service_times, preprocess_tree
from stockpyl.instances import load_instance
from stockpyl.newsvendor import newsvendor_normal
from stockpyl.rq import r_q_poisson_exact
from stockpyl.supply_chain_network import SupplyChainNetwork
from stockpyl.supply_chain_node import SupplyChainNode


def finite(time):
    """A time of the library, without its figure for "no limit"."""
    return int(time) if time is not None and time < 1e9 else None


def tree(name):
    network = preprocess_tree(load_instance(name))
    _, cost = optimize_committed_service_times(network)
    stages = []
    for node in network.nodes:
        source = node.demand_source
        deviation = source.standard_deviation if source is not None else None
        stages.append(
            {
                "stageId": str(node.index),
                "processingDays": int(node.processing_time or 0),
                "holdingCost": node.local_holding_cost,
                "externalServiceDays": finite(node.external_inbound_cst),
                "maxServiceDays": finite(node.external_outbound_cst),
                "demandDeviation": deviation,
            }
        )
    arcs = [
        {"from": str(node.index), "to": str(successor.index)}
        for node in network.nodes
        for successor in node.successors()
    ]
    factor = max(node.demand_bound_constant or 0 for node in network.nodes)
    return {"name": name, "stages": stages, "arcs": arcs, "factor": factor, "cost": float(cost)}


def hub(name, lead_time, review, hub_value, own, sites, factor):
    """A hub with sites, as a run plans it: its own shoppers are a stage without a way. Days, units and minor units."""
    network = SupplyChainNetwork()

    def stage(index, processing, value, deviation, outside=None):
        node = SupplyChainNode(index, network=network)
        node.processing_time = processing
        node.local_holding_cost = value
        node.external_inbound_cst = outside
        if deviation is not None:
            node.demand_source = DemandSource(type="N", mean=0, standard_deviation=deviation)
            node.external_outbound_cst = 0
            node.demand_bound_constant = factor
        network.add_node(node)
        return node

    root = stage(1, review, hub_value, None, lead_time)
    root.demand_bound_constant = factor
    below = []
    if own is not None:
        below.append(stage(2, 0, hub_value, own["deviation"]))
    for index, site in enumerate(sites):
        below.append(stage(3 + index, site["days"] + review, site["value"], site["deviation"]))
    for node in below:
        network.add_successor(root, node)
    tree = preprocess_tree(network)
    times, cost = optimize_committed_service_times(tree)
    return {
        "name": name,
        "leadTime": lead_time,
        "review": review,
        "hubValue": hub_value,
        "ownDeviation": own["deviation"] if own is not None else None,
        "sites": sites,
        "factor": factor,
        "serviceDays": int(times[1]),
        "cost": float(cost),
    }


def reorder(holding, backorder, order, demand, lead_time):
    reorder_at, quantity, cost = r_q_poisson_exact(holding, backorder, order, demand, lead_time)
    return {
        "costs": {
            "holding": holding,
            "backorder": backorder,
            "order": order,
            "demandPerTime": demand,
            "leadTime": lead_time,
        },
        "reorderAt": int(reorder_at),
        "quantity": int(quantity),
        "cost": float(cost),
    }


def base_stock(holding, backorder, mean, deviation, lead_time):
    level, _ = newsvendor_normal(holding, backorder, mean, deviation, lead_time=lead_time)
    return {
        "serviceLevel": backorder / (backorder + holding),
        "mean": mean,
        "deviation": deviation,
        "leadTime": lead_time,
        "level": float(level),
    }


def economic(order, holding, demand):
    quantity, _ = economic_order_quantity(order, holding, demand)
    return {"order": order, "holding": holding, "demand": demand, "quantity": float(quantity)}


print(
    json.dumps(
        {
            "trees": [tree("figure_6_14"), tree("example_6_5")],
            "hubs": [
                hub(
                    "two sites",
                    28,
                    1,
                    400,
                    None,
                    [
                        {"days": 3, "value": 500, "deviation": 4},
                        {"days": 5, "value": 500, "deviation": 3},
                    ],
                    1.6448536269514722,
                ),
                hub(
                    "own shoppers and three sites",
                    14,
                    2,
                    700,
                    {"deviation": 6},
                    [
                        {"days": 1, "value": 720, "deviation": 2},
                        {"days": 4, "value": 900, "deviation": 9},
                        {"days": 12, "value": 705, "deviation": 1},
                    ],
                    1.6448536269514722,
                ),
                hub(
                    "one site",
                    28,
                    1,
                    400,
                    None,
                    [{"days": 3, "value": 400, "deviation": 4}],
                    1.6448536269514722,
                ),
            ],
            "reorder": [
                reorder(20, 150, 100, 1.5, 2),
                reorder(1, 4, 2, 3, 1),
                reorder(0.5, 9, 25, 12, 2),
                reorder(2, 30, 8, 0.7, 3),
            ],
            "baseStock": [
                base_stock(0.18, 0.70, 50, 8, 0),
                base_stock(0.18, 0.70, 50, 8, 4),
                base_stock(1, 19, 120, 55, 13),
            ],
            "economic": [economic(8, 0.225, 1300), economic(5000, 100, 3650)],
        }
    )
)
