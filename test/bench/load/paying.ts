import { setTimeout as wait } from 'node:timers/promises';
import { type Column, textTable } from '../../../infra/cli/terminal/text-table.ts';
import type { BackendProcess } from './backend-process.ts';
import {
  answerLines,
  answersInWords,
  type CpuParts,
  figureLines,
  hasFailure,
  noteAnswer,
  rounded,
  sumOf,
  type Tally,
} from './figures.ts';
import { ask, type LoadShop, type PlacedOrder, shop } from './shopper.ts';
import { readUnitsOf } from './units.ts';
import { usageOf, watchMemory } from './usage.ts';

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
  /** The whole processor time: backend, table engine, sandboxes, and the answers to the bench's questions. */
  readonly cpuMsPerOrder: number;
  /** The parts of it. Undefined where the system does not say them. */
  readonly cpuPartsPerOrder?: CpuParts;
  /** How often the bench asked whether an order was delivered, and what one answer cost in processor time. */
  readonly questionsPerOrder: number;
  readonly cpuMsPerQuestion: number;
  /** The read units of the table, with those of the bench's questions and of jobs. */
  readonly readUnitsPerOrder: number;
  readonly residentMb: number;
  readonly mostResidentMb: number;
  readonly dataKbPerOrder: number;
  readonly statuses: Tally['statuses'];
  readonly withoutAdvice: number;
}

const WARM_UP_MS = 4_000;
const WARM_UP_SHOPPERS = 4;
/** How many answers measure what one question costs. */
const QUESTIONS = 100;
/** An order is given up when none was delivered for this long. */
const NONE_DELIVERED_MS = 120_000;
const ASK_AGAIN_MS = 1_000;

/** Whether nothing failed and each paid order was delivered. */
export const isSound = (figures: PayingFigures): boolean =>
  !hasFailure(figures) && figures.delivered === figures.paid;

/** How long each number of shoppers pays, and after how many delivered orders the first figure is taken. */
export interface PayingOptions {
  readonly levels: readonly number[];
  readonly forMs: number;
  readonly warmUpOrders: number;
}

/**
 * Lets each number of shoppers pay for what they order, one number after the other, and waits until their orders are
 * delivered.
 */
export async function measurePaying(
  backend: BackendProcess,
  place: LoadShop,
  { levels, forMs, warmUpOrders }: PayingOptions,
): Promise<PayingFigures[]> {
  if (levels.length === 0) return [];
  const paying = payingAt(backend, place);
  await warmUp(backend, paying, warmUpOrders);
  const measured: Omit<PayingFigures, 'partOfBest'>[] = [];
  for (const shoppers of levels)
    measured.push(await measurePayingLevel(backend, paying, { shoppers, forMs }));
  const best = Math.max(...measured.map(({ deliveredPerSecond }) => deliveredPerSecond));
  return measured.map((level) => ({ ...level, partOfBest: level.deliveredPerSecond / best }));
}

/** The shop of a backend, where shoppers pay at the sandbox of the card provider. */
export function payingAt({ url }: BackendProcess, place: LoadShop): LoadShop {
  return { ...place, stripeUrl: `http://127.0.0.1:${Number(new URL(url).port) + 1}` };
}

/** The first orders load the functions of all stages, and Node compiles code only after it ran often. */
export async function warmUp(backend: BackendProcess, place: LoadShop, orders: number): Promise<void> {
  for (let warmed = 0; warmed < orders; ) {
    const level = await measurePayingLevel(backend, place, { shoppers: WARM_UP_SHOPPERS, forMs: WARM_UP_MS });
    if (level.delivered === 0) throw new Error('no order of the warm-up was delivered');
    warmed += level.delivered;
  }
}

/** Lets shoppers pay for what they order, and waits until their orders are delivered. */
export async function measurePayingLevel(
  { processId, dataDir, url }: BackendProcess,
  place: LoadShop,
  { shoppers, forMs }: { readonly shoppers: number; readonly forMs: number },
): Promise<Omit<PayingFigures, 'partOfBest'>> {
  const readBefore = await readUnitsOf(url);
  const before = usageOf(processId, dataDir);
  const memory = watchMemory(processId);
  const started = performance.now();
  const shopping = Array.from({ length: shoppers }, () => shop(place, started + forMs));
  const results = await Promise.all(shopping);
  const tally = sumOf(results.map((result) => result.tally));
  const orders = results.flatMap((result) => result.orders);
  const { delivered, questions } = await waitUntilDelivered(place, orders, tally);
  const elapsedMs = performance.now() - started;
  const after = usageOf(processId, dataDir);
  const mostResidentMb = await memory();
  const readUnits = (await readUnitsOf(url)) - readBefore;
  const perOrder = (value: number) => value / Math.max(1, delivered);
  await askOften(place, orders.slice(-1));
  const asked = usageOf(processId, dataDir);
  return {
    shoppers,
    paid: orders.length,
    unpaid: results.reduce((sum, { unpaid }) => sum + unpaid, 0),
    delivered,
    deliveredPerSecond: (delivered * 1000) / elapsedMs,
    cpuMsPerOrder: perOrder(after.cpuMs - before.cpuMs),
    ...partsPerOrder(before.parts, after.parts, perOrder),
    questionsPerOrder: perOrder(questions),
    readUnitsPerOrder: perOrder(readUnits),
    cpuMsPerQuestion: (asked.cpuMs - after.cpuMs) / QUESTIONS,
    residentMb: after.residentMb,
    mostResidentMb,
    dataKbPerOrder: perOrder(after.dataKb - before.dataKb),
    statuses: tally.statuses,
    withoutAdvice: tally.withoutAdvice,
  };
}

function partsPerOrder(
  before: CpuParts | undefined,
  after: CpuParts | undefined,
  perOrder: (value: number) => number,
): { readonly cpuPartsPerOrder?: CpuParts } {
  if (before === undefined || after === undefined) return {};
  const part = (name: keyof CpuParts) => perOrder(after[name] - before[name]);
  return {
    cpuPartsPerOrder: {
      main: part('main'),
      functions: part('functions'),
      helpers: part('helpers'),
      engine: part('engine'),
      lake: part('lake'),
    },
  };
}

/** Asks for the same order again and again, so that the cost of a question can be measured on its own. */
async function askOften(place: LoadShop, orders: readonly PlacedOrder[]): Promise<void> {
  for (const { orderId, accessToken } of orders)
    for (let asked = 0; asked < QUESTIONS; asked += 1)
      await ask(`${place.url}/v1/orders/${orderId}`, { headers: headersOf(place, accessToken) });
}

const headersOf = ({ storefrontKey }: LoadShop, accessToken: string) => ({
  'x-entrepot-key': storefrontKey,
  authorization: `Bearer ${accessToken}`,
});

/** Reads the orders in turn, and gives the number of orders that are delivered. Prints the others. */
async function waitUntilDelivered(
  place: LoadShop,
  orders: readonly PlacedOrder[],
  tally: Tally,
): Promise<{ readonly delivered: number; readonly questions: number }> {
  let delivered = 0;
  let questions = 0;
  let lastAt = performance.now();
  for (const { orderId, accessToken } of orders) {
    const headers = headersOf(place, accessToken);
    for (;;) {
      questions += 1;
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
  return { delivered, questions };
}

/** The figures as a table for a person. */
export function payingTable(levels: readonly PayingFigures[]): string {
  const titles = ['paying', 'paid', 'unpaid', 'delivered', '/s', 'of the best', 'CPU ms', 'MB', 'of all'];
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
    rounded(level.mostResidentMb),
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
      'delivered-cpu-ms-main': level.cpuPartsPerOrder?.main,
      'delivered-cpu-ms-functions': level.cpuPartsPerOrder?.functions,
      'delivered-cpu-ms-helpers': level.cpuPartsPerOrder?.helpers,
      'delivered-cpu-ms-engine': level.cpuPartsPerOrder?.engine,
      'delivered-cpu-ms-lake': level.cpuPartsPerOrder?.lake,
      'delivered-cpu-ms-questions': level.questionsPerOrder * level.cpuMsPerQuestion,
      'delivered-read-units-per-order': level.readUnitsPerOrder,
      'delivered-resident-mb': level.residentMb,
      'delivered-most-resident-mb': level.mostResidentMb,
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
