import { stockDeps } from '../../shared/runtime/deps/stock.ts';
import { schedule } from '../../shared/runtime/schedule.ts';
import { rebalanceStock } from '../../shared/stock/index.ts';

/** Leaves the function time to finish its present place. */
const DEADLINE_MS = 60_000;

export const handler = schedule(stockDeps, ({ demand, rebalancing, clock }) =>
  rebalanceStock({ demand, rebalancing, clock, deadlineMs: DEADLINE_MS }),
);
