"""Forecasts the series of a file with statsforecast and prints how far it was off, as JSON. Run by check-forecast.ts.

The file has `horizon`, `series` (units of each day, all from the same day on) and `forecasts`: pairs of an origin and
the place of a series. An origin is the number of days that are known.
"""

import json
import sys

import numpy as np
import pandas as pd
from statsforecast import StatsForecast
from statsforecast.models import IMAPA, TSB, AutoETS, CrostonSBA
from statsforecast.utils import ConformalIntervals

LEVELS = (0.5, 0.9, 0.95)
MODELS = ("AutoETS", "CrostonSBA", "TSB", "IMAPA")


def models(horizon):
    """The first has intervals of its own. The others get conformal ones, of two windows: histories are short."""

    def intervals():
        return ConformalIntervals(n_windows=2, h=horizon)

    return [
        AutoETS(season_length=7),
        CrostonSBA(prediction_intervals=intervals()),
        TSB(alpha_d=0.1, alpha_p=0.1, prediction_intervals=intervals()),
        IMAPA(prediction_intervals=intervals()),
    ]


def history(units, origin, least):
    """The days from the first sale to the origin, and no fewer than the intervals need."""
    sold = next(day for day in range(origin) if units[day] > 0)
    return np.asarray(units[min(sold, origin - least) : origin], dtype=float)


class Tally:
    def __init__(self):
        self.absolute = self.units = self.count = self.total_absolute = 0.0
        self.loss = np.zeros(3)
        self.below = np.zeros(3)

    def add(self, came, quantiles):
        point = quantiles[0]
        self.units += came.sum()
        self.count += len(came)
        self.absolute += np.abs(came - point).sum()
        self.total_absolute += abs(came.sum() - point.sum())
        for place, level in enumerate(LEVELS):
            off = came - quantiles[place]
            self.loss[place] += np.where(off > 0, level * off, (level - 1) * off).sum()
            self.below[place] += (off <= 0).sum()

    def figures(self, code):
        pinball = 2 * self.loss / self.units
        return {
            "code": code,
            "wape": self.absolute / self.units,
            "pinball": pinball.tolist(),
            "meanPinball": pinball.mean(),
            "coverage": (self.below / self.count).tolist(),
            "wapeOfTotals": self.total_absolute / self.units,
        }


def main(path):
    with open(path, encoding="utf-8") as file:
        asked = json.load(file)
    horizon, series = asked["horizon"], asked["series"]
    tallies = {code: Tally() for code in (*MODELS, "median")}
    origins = sorted({origin for origin, _ in asked["forecasts"]})
    for number, origin in enumerate(origins):
        places = [place for at, place in asked["forecasts"] if at == origin]
        rows = [(place, history(series[place], origin, min(origin, 2 * horizon + 1))) for place in places]
        last = pd.Timestamp("2000-01-01") + pd.Timedelta(days=origin)
        frame = pd.concat(
            pd.DataFrame({"unique_id": place, "ds": pd.date_range(end=last, periods=len(own)), "y": own})
            for place, own in rows
        )
        made = StatsForecast(models=models(horizon), freq="D", n_jobs=1).forecast(
            df=frame, h=horizon, level=[80, 90]
        )
        for place, own in made.groupby("unique_id"):
            came = np.asarray(series[place][origin : origin + horizon], dtype=float)
            every = np.stack(
                [np.stack([own[c], own[f"{c}-hi-80"], own[f"{c}-hi-90"]]) for c in MODELS]
            ).astype(float)
            # A demand is never below zero, and a figure that a model does not give is its mean.
            every = np.maximum(np.where(np.isfinite(every), every, every[:, :1]), 0)
            for index, code in enumerate(MODELS):
                tallies[code].add(came, every[index])
            tallies["median"].add(came, np.median(every, axis=0))
        print(f"statsforecast: {number + 1} of {len(origins)} origins", file=sys.stderr, flush=True)
    print(json.dumps([tally.figures(code) for code, tally in tallies.items()]))


main(sys.argv[1])
