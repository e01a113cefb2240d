import { createProgress } from '../../../infra/cli/terminal/progress.ts';
import { dayMs, hourMs } from '../../../shared/kernel/time.ts';
import { type OrderTemplate, templatesOf } from './order-copies.ts';
import { openTableFile } from './table-file.ts';

/** Delivered orders are spread over this time before now. */
const DELIVERED_MS = 30 * dayMs;
/** One order of this many is open. */
const OPEN_EACH = 50;
/** Open orders were placed within this time. */
const OPEN_MS = 20 * hourMs;
/** When open orders have to be looked at, from now: the sweeper works for none of them while the bench measures. */
const DUE_MS = { first: 2 * hourMs, last: 5 * dayMs };
const ORDERS_AT_ONCE = 200;

/** The orders of a table that can be copied. */
export interface Models {
  readonly delivered: readonly OrderTemplate[];
  /** Those on their way. */
  readonly open: readonly OrderTemplate[];
}

/** Reads the orders of a data folder. Its backend may run: the orders are those of one moment. */
export function readModels(dataDir: string): Models {
  const file = openTableFile(dataDir);
  try {
    const all = templatesOf(file.items());
    return {
      delivered: all.filter(({ isOpen }) => !isOpen),
      open: all.filter(({ isOpen }) => isOpen),
    };
  } finally {
    file.close();
  }
}

/** Adds copies of orders to a data folder whose backend is stopped, the oldest first, and shows the progress. */
export function fill(dataDir: string, models: Models, copies: number): void {
  const file = openTableFile(dataDir);
  const step = createProgress(process.stdout).start('storing orders', copies, 'orders');
  const now = Date.now();
  try {
    for (let number = 0; number < copies; number += ORDERS_AT_ONCE) {
      const count = Math.min(ORDERS_AT_ONCE, copies - number);
      const items = Array.from({ length: count }, (_, index) => {
        const age = (copies - number - index) / copies;
        return copyOf(models, number + index, { now, age });
      });
      file.add(items.flat());
      step.advance(count);
    }
  } finally {
    step.end();
    file.close();
  }
}

/** A copy of the next model. `age` is 1 for the oldest copy and almost 0 for the newest. */
function copyOf({ delivered, open }: Models, number: number, { now, age }: { now: number; age: number }) {
  const isOpen = number % OPEN_EACH === 0;
  const models = isOpen ? open : delivered;
  const model = models[Math.floor(isOpen ? number / OPEN_EACH : number) % models.length];
  if (model === undefined) throw new Error('there is no order to copy');
  return model.copy({
    number,
    placedMs: Math.floor(now - (isOpen ? age * OPEN_MS : hourMs + age * DELIVERED_MS)),
    dueMs: Math.floor(now + DUE_MS.first + (1 - age) * (DUE_MS.last - DUE_MS.first)),
  });
}
