import { setTimeout as wait } from 'node:timers/promises';
import { type Column, textTable } from '../../../infra/cli/terminal/text-table.ts';
import type { BackendProcess } from './backend-process.ts';
import {
  answerLines,
  answersInWords,
  figureLines,
  hasFailure,
  noteAnswer,
  rounded,
  sumOf,
  type Tally,
} from './figures.ts';
import { ask, type LoadShop, type PlacedOrder, shop } from './shopper.ts';
import { usageOf } from './usage.ts';

/** The figures of one number of shoppers that pay. */
export interface PayingFigures {
  readonly shoppers: number;
  readonly paid: number;
  /** Orders that were accepted and whose payment did not start in time. */
  readonly unpaid: number;
  readonly delivered: number;
  /** Delivered orders, divided by the time from the first quote to the last delivery. */
  readonly deliveredPerSecond: number;
  /** The rate as a part of the best rate of all levels, from 0 to 1. */
  readonly partOfBest: number;
  readonly cpuMsPerOrder: number;
  readonly residentMb: number;
  readonly dataKbPerOrder: number;
  readonly statuses: Tally['statuses'];
  readonly withoutAdvice: number;
}

const WARM_UP_MS = 4_000;
/** An order is given up when none was delivered for this long. */
const NONE_DELIVERED_MS = 120_000;
const ASK_AGAIN_MS = 1_000;

/** Whether nothing failed and each paid order was delivered. */
export const isSound = (figures: PayingFigures): boolean =>
  !hasFailure(figures) && figures.delivered === figures.paid;

/**
 * Lets each number of shoppers pay for what they order, one number after the other, and waits until their orders are
 * delivered.
 */
export async function measurePaying(
  backend: BackendProcess,
  place: LoadShop,
  { levels, forMs }: { readonly levels: readonly number[]; readonly forMs: number },
): Promise<PayingFigures[]> {
  if (levels.length === 0) return [];
  const port = Number(new URL(backend.url).port);
  const paying = { ...place, stripeUrl: `http://127.0.0.1:${port + 1}` };
  // The first orders load the functions of all stages.
  await measureLevel(backend, paying, { shoppers: 2, forMs: WARM_UP_MS });
  const measured: Omit<PayingFigures, 'partOfBest'>[] = [];
  for (const shoppers of levels) measured.push(await measureLevel(backend, paying, { shoppers, forMs }));
  const best = Math.max(...measured.map(({ deliveredPerSecond }) => deliveredPerSecond));
  return measured.map((level) => ({ ...level, partOfBest: level.deliveredPerSecond / best }));
}

async function measureLevel(
  { processId, dataDir }: BackendProcess,
  place: LoadShop,
  { shoppers, forMs }: { readonly shoppers: number; readonly forMs: number },
): Promise<Omit<PayingFigures, 'partOfBest'>> {
  const before = usageOf(processId, dataDir);
  const started = performance.now();
  const shopping = Array.from({ length: shoppers }, () => shop(place, started + forMs));
  const results = await Promise.all(shopping);
  const tally = sumOf(results.map((result) => result.tally));
  const orders = results.flatMap((result) => result.orders);
  const delivered = await waitUntilDelivered(place, orders, tally);
  const elapsedMs = performance.now() - started;
  const after = usageOf(processId, dataDir);
  const perOrder = (value: number) => value / Math.max(1, delivered);
  return {
    shoppers,
    paid: orders.length,
    unpaid: results.reduce((sum, { unpaid }) => sum + unpaid, 0),
    delivered,
    deliveredPerSecond: (delivered * 1000) / elapsedMs,
    cpuMsPerOrder: perOrder(after.cpuMs - before.cpuMs),
    residentMb: after.residentMb,
    dataKbPerOrder: perOrder(after.dataKb - before.dataKb),
    statuses: tally.statuses,
    withoutAdvice: tally.withoutAdvice,
  };
}

/** Reads the orders in turn, and gives the number of orders that are delivered. Prints the others. */
async function waitUntilDelivered(
  place: LoadShop,
  orders: readonly PlacedOrder[],
  tally: Tally,
): Promise<number> {
  let delivered = 0;
  let lastAt = performance.now();
  for (const { orderId, accessToken } of orders) {
    const headers = { 'x-entrepot-key': place.storefrontKey, authorization: `Bearer ${accessToken}` };
    for (;;) {
      const { status, text, retryAfter } = await ask(`${place.url}/v1/orders/${orderId}`, { headers });
      const againMs = noteAnswer(tally, status, retryAfter);
      if (text.includes('"status":"delivered"')) {
        delivered += 1;
        lastAt = performance.now();
        break;
      }
      if (performance.now() - lastAt > NONE_DELIVERED_MS) {
        console.log(`not delivered: ${text.slice(0, 2_000)}`);
        break;
      }
      await wait(againMs ?? ASK_AGAIN_MS);
    }
  }
  return delivered;
}

/** The figures as a table for a person. */
export function payingTable(levels: readonly PayingFigures[]): string {
  const titles = ['paying', 'paid', 'unpaid', 'delivered', '/s', 'of the best', 'CPU ms', 'MB'];
  const columns: Column[] = titles.map((title) => ({ title, align: 'right' }));
  const rows = levels.map((level) => [
    String(level.shoppers),
    String(level.paid),
    String(level.unpaid),
    String(level.delivered),
    rounded(level.deliveredPerSecond),
    `${rounded(100 * level.partOfBest)} %`,
    rounded(level.cpuMsPerOrder),
    rounded(level.residentMb),
    answersInWords(level.statuses),
  ]);
  return textTable([...columns, { title: 'answers' }], rows);
}

/** The lines that a program reads: `load <name> <value>`. */
export function payingLines(levels: readonly PayingFigures[]): string[] {
  return levels.flatMap((level) => {
    const figures = {
      'delivered-per-second': level.deliveredPerSecond,
      'delivered-rate-of-best': level.partOfBest,
      'delivered-cpu-ms-per-order': level.cpuMsPerOrder,
      'delivered-resident-mb': level.residentMb,
      'delivered-data-kb-per-order': level.dataKbPerOrder,
    };
    return [
      `load paid-orders@${level.shoppers} ${level.paid}`,
      `load unpaid-orders@${level.shoppers} ${level.unpaid}`,
      `load delivered-orders@${level.shoppers} ${level.delivered}`,
      ...figureLines(figures, level.shoppers),
      ...answerLines('paying-answers', level),
    ];
  });
}
