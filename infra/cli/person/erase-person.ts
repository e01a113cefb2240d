import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiClient } from '../client/api-client.ts';
import { counted } from '../files/problems.ts';
import type { Progress } from '../terminal/progress.ts';
import type { EraseOptions } from './person-options.ts';

/** The answer of the erasure routes. */
interface Erasure {
  readonly erasureId?: string;
  readonly orders: readonly {
    readonly orderId: string;
    readonly state: 'erased' | 'erasing' | 'waiting' | 'erasable';
    readonly waitingFor?: string;
    readonly erasedAt?: string;
    readonly digest?: string;
  }[];
  readonly hasMore: boolean;
}

export interface EraseSurroundings {
  readonly client: ApiClient;
  readonly progress: Progress;
  /** Asks the user; true for yes. */
  readonly ask: (question: string) => Promise<boolean>;
  readonly newKey?: () => string;
  readonly pauseMs?: number;
}

const ROUTE = '/v1/admin/erasures';
/** How often the backend is asked for the receipts before the command leaves the rest to it. */
const MAX_LOOKS = 60;
const PAUSE_MS = 1_000;

/**
 * Shows what would be erased, asks, erases, and waits for the receipts. One call of the backend takes a limited number
 * of orders, so that a person with more is erased in several. An order that has not ended is erased at its end, without
 * this command. Gives whether every order is erased or waits for its end.
 */
export async function erasePerson(options: EraseOptions, surroundings: EraseSurroundings): Promise<boolean> {
  const { client, progress } = surroundings;
  const { say } = progress;
  const body = {
    ...(options.orderIds.length === 0 ? {} : { orderIds: options.orderIds }),
    ...(options.email === undefined ? {} : { email: options.email }),
  };
  const headers = () => ({ 'idempotency-key': surroundings.newKey?.() ?? randomUUID() });
  const planned = await client.call<Erasure>({
    ...{ method: 'POST', path: ROUTE, headers: headers(), body: { ...body, dryRun: true } },
  });
  for (const line of planLines(planned)) say(line);
  if (options.dryRun) {
    say('This was a dry run. Nothing was written.');
    return true;
  }
  const open = planned.orders.filter(({ state }) => state !== 'erased');
  if (open.length === 0) return true;
  if (!options.yes && !(await surroundings.ask(`Erase this for good at ${options.url}? [y/N] `))) {
    say('Nothing was erased.');
    return false;
  }
  for (let isLast = false, before = ''; !isLast; ) {
    const asked = await client.call<Erasure>({
      ...{ method: 'POST', path: ROUTE, headers: headers(), body },
    });
    const done = await withReceipts(asked, surroundings);
    for (const line of resultLines(done)) say(line);
    if (done.orders.some(({ state }) => state === 'erasing')) return false;
    // Orders that wait for their end stay in the list: without a new one there is nothing more to ask for.
    const these = done.orders.map(({ orderId }) => orderId).join();
    isLast = !done.hasMore || these === before;
    before = these;
  }
  return true;
}

/** Waits until no order is being erased any more, or for a minute. */
async function withReceipts(
  asked: Erasure,
  { client, progress, pauseMs = PAUSE_MS }: EraseSurroundings,
): Promise<Erasure> {
  const count = ({ orders }: Erasure) => orders.filter(({ state }) => state !== 'erasing').length;
  const step = progress.start('erased, or marked', asked.orders.length, 'orders');
  let latest = asked;
  for (let looks = 0; looks < MAX_LOOKS && count(latest) < latest.orders.length; looks += 1) {
    step.reach(count(latest));
    await sleep(pauseMs);
    latest = await client.call<Erasure>({ method: 'GET', path: `${ROUTE}/${asked.erasureId}` });
  }
  step.reach(count(latest));
  step.end();
  return latest;
}

/** What goes, what stays, and which orders have to wait. */
function planLines({ orders, hasMore }: Erasure): string[] {
  if (orders.length === 0) return ['No order is stored for this person.'];
  const lines = orders.map(({ orderId, state, waitingFor, erasedAt }) =>
    state === 'erased'
      ? `${orderId}  is erased since ${erasedAt}`
      : state === 'waiting'
        ? `${orderId}  is erased later: it waits for ${waitingFor}`
        : `${orderId}  can be erased now`,
  );
  return [
    `${counted(orders.length, 'order')}${hasMore ? ', and more' : ''}:`,
    ...lines.map((line) => `  ${line}`),
    'Goes:  name, e-mail, telephone, addresses and tax number; links to labels; towns of scans; postal code;',
    '       the calls of partners about the order; the hash by which the person is found.',
    'Stays: amounts, goods, dates, country, region and the first two characters of the postal code; the ledger;',
    '       the entries of the tax returns; the receipt of the erasure.',
  ];
}

function resultLines({ erasureId, orders }: Erasure): string[] {
  return [
    ...orders.map(({ orderId, state, waitingFor, erasedAt, digest }) =>
      state === 'erased'
        ? `${orderId}  erased at ${erasedAt}, receipt ${digest}`
        : state === 'waiting'
          ? `${orderId}  is marked: it waits for ${waitingFor}`
          : `${orderId}  is not erased yet: the backend repeats it`,
    ),
    `Erasure ${erasureId}. Its receipts: GET ${ROUTE}/${erasureId}`,
  ];
}
