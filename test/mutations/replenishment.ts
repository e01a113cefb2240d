import type { Mutant } from './mutant.ts';

const demand = ['test/unit/replenishment/demand/demand-from-rows.test.ts'];
const bulk = ['test/unit/replenishment/demand/bulk-orders.test.ts'];
const series = ['test/unit/replenishment/forecast/forecast-series.test.ts'];
const tried = ['test/unit/replenishment/forecast/backtest.test.ts'];
const totals = ['test/unit/replenishment/forecast/forecast.test.ts'];
const signals = ['test/unit/replenishment/signals/signals.test.ts'];
const campaigns = ['test/unit/replenishment/signals/campaigns.test.ts'];

export const replenishmentMutants: readonly Mutant[] = [
  {
    id: 'replenishment/negative-rows-count',
    file: 'shared/replenishment/demand/demand-from-rows.ts',
    find: "return row.units > 0 ? undefined : 'units-not-positive';",
    put: 'return undefined;',
    tests: demand,
    harm: 'A correction of stock is read as negative demand.',
  },
  {
    id: 'replenishment/sold-day-is-censored',
    file: 'shared/replenishment/demand/demand-from-rows.ts',
    find: 'censored.map((each, at) => each && units[at] === 0)',
    put: 'censored.map((each) => each)',
    tests: demand,
    harm: 'What was sold on the day on which stock came is forgotten.',
  },
  {
    id: 'replenishment/bulk-order-in-series',
    file: 'shared/replenishment/demand/demand-from-rows.ts',
    find: 'const usual = whole.filter((_, index) => !marks[index]);',
    put: 'const usual = whole;',
    tests: demand,
    harm: 'One large order raises the stock for months.',
  },
  {
    id: 'replenishment/bulk-orders-of-one-day',
    file: 'shared/replenishment/demand/bulk-orders.ts',
    find: 'if (sizes.length < MIN_COMPARED) return Number.POSITIVE_INFINITY;',
    put: 'if (sizes.length < 1) return Number.POSITIVE_INFINITY;',
    tests: bulk,
    harm: 'The second order of a SKU is taken for a bulk order, because the first was small.',
  },
  {
    id: 'replenishment/bad-series-in-pool',
    file: 'shared/replenishment/forecast/pool.ts',
    find: 'checkSeries(each).ok && each.units',
    put: 'each.units',
    tests: series,
    harm: 'One series with a figure that is no number spoils the forecasts of all.',
  },
  {
    id: 'replenishment/forecast-of-nothing',
    file: 'shared/replenishment/forecast/read-history.ts',
    find: "if (sold < 0) return refused('nothing-sold');",
    put: '',
    tests: series,
    harm: 'A SKU that never sold gets a forecast without a meaning.',
  },
  {
    id: 'replenishment/unknown-day-is-zero',
    file: 'shared/replenishment/forecast/read-history.ts',
    find: 'series.censored[start + day] ||',
    put: 'false ||',
    tests: series,
    harm: 'Days without stock are read as days without demand, and too little is ordered.',
  },
  {
    id: 'replenishment/offset-ignored',
    file: 'shared/replenishment/forecast/backtest.ts',
    find: 'let index = options.offset ?? 0;',
    put: 'let index = 0;',
    tests: tried,
    harm: 'A check on other SKUs is one on those of the tuning.',
  },
  {
    id: 'replenishment/backtest-knows-the-future',
    file: 'shared/replenishment/forecast/backtest.ts',
    find: 'units: series.units.slice(0, origin),\n  censored: series.censored.slice(0, origin),',
    put: 'units: series.units,\n  censored: series.censored,',
    tests: [...tried, 'test/unit/cli/replenish/backtest-files.test.ts'],
    harm: 'The figures of the forecasts are too good.',
  },
  {
    id: 'replenishment/totals-of-other-days',
    file: 'shared/replenishment/forecast/forecast.ts',
    find: 'forecast.totals?.[known - 1]',
    put: 'forecast.totals?.[known]',
    tests: totals,
    harm: 'The safety stock is that of another lead time.',
  },
  {
    id: 'replenishment/signal-of-all-days',
    file: 'shared/replenishment/signals/apply-signals.ts',
    find: 'firstDay <= day && day <= lastDay;',
    put: 'firstDay <= day;',
    tests: signals,
    harm: 'A campaign never ends.',
  },
  {
    id: 'replenishment/signal-below-zero',
    file: 'shared/replenishment/signals/apply-signals.ts',
    find: 'Math.max(0, value * factor + added)',
    put: 'value * factor + added',
    tests: signals,
    harm: 'A signal that takes units away makes demand negative.',
  },
  {
    id: 'replenishment/signal-of-other-markets',
    file: 'shared/replenishment/signals/signal.ts',
    find: '(markets.includes(market) || markets.includes(ALL_MARKETS))',
    put: 'true',
    tests: signals,
    harm: 'A holiday of one country changes the stock of another.',
  },
  {
    id: 'replenishment/late-campaign-not-warned',
    file: 'shared/replenishment/run/late-campaigns.ts',
    find: '(arrivesOn !== undefined && arrivesOn <= arriveBy)',
    put: '(arrivesOn !== undefined && arrivesOn <= lastDay)',
    tests: ['test/unit/replenishment/run/signals-in-run.test.ts'],
    harm: 'The stock of a campaign comes after it has begun, and nobody knows before.',
  },
  {
    id: 'replenishment/feast-table-ends-silently',
    file: 'shared/replenishment/signals/feasts.ts',
    find: 'lastYear !== undefined && lastYear <= year',
    put: 'lastYear !== undefined && lastYear < year - 1',
    tests: campaigns,
    harm: 'The table of a feast ends, and nobody is warned.',
  },
];
