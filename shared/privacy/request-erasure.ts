import { createHash } from 'node:crypto';
import type { Cause } from '../../events/envelope.ts';
import { fingerprint } from '../kernel/hash.ts';
import { idPrefixes } from '../kernel/ids.ts';
import { ok, type Result, refused } from '../kernel/result.ts';
import { toInstant } from '../kernel/time.ts';
import { actOnOrder, inBatches, type Timeline } from '../timeline/index.ts';
import { type EraseDeps, eraseOrder } from './erase-order.ts';
import { type ErasureState, erasureStateOf, isErasureRequested } from './erasure-state.ts';
import type { ErasureRequest, ErasureRequests } from './ports.ts';

/** The most orders of one request. */
export const MAX_ORDERS = 100;
/** How many orders are handled at the same time. */
const AT_ONCE = 10;

export interface RequestErasureDeps extends EraseDeps {
  readonly requests: ErasureRequests;
  readonly personHash: (email: string) => Promise<string>;
}

/** Whose data is to go: orders by their ids, and all orders of an e-mail address. */
export interface WhoseData {
  readonly orderIds?: readonly string[] | undefined;
  readonly email?: string | undefined;
}

/** An order of the request, and what was or is to be done for it. */
export interface OrderToErase {
  readonly orderId: string;
  readonly erasure: ErasureState;
}

export interface Erasure {
  /** Absent for a dry run. */
  readonly request?: ErasureRequest;
  readonly orders: readonly OrderToErase[];
  readonly hasMore: boolean;
}

export type ErasureRefusal =
  | { readonly reason: 'order-unknown'; readonly orderIds: readonly string[] }
  | { readonly reason: 'key-reused' };

/** The orders that a request would concern, and how each of them is at. Writes nothing. */
export async function findErasable(
  deps: RequestErasureDeps,
  whose: WhoseData,
): Promise<Result<Erasure, ErasureRefusal>> {
  const found = await findOrders(deps, whose);
  if (!found.ok) return found;
  const { timelines, hasMore } = found.value;
  return ok({ orders: timelines.map((timeline) => statusOf(deps, timeline)), hasMore });
}

/**
 * Marks each order with `order.erasure_requested` and erases those that have ended. The others are erased at their
 * end: until then the mark gives them a deadline, and the late work repeats it until the receipt is written. The same
 * key with the same body continues an interrupted request; with another body it is refused.
 */
export async function requestErasure(
  deps: RequestErasureDeps,
  whose: WhoseData,
  { key, operator }: { readonly key: string; readonly operator: string },
): Promise<Result<Erasure, ErasureRefusal>> {
  const erasureId = erasureIdOf(key);
  const print = await printOf(deps, whose);
  const request = await kept(deps, whose, { erasureId, print });
  if (!request.ok) return request;
  const cause = { by: 'operator', reference: operator } as const;
  const { orderIds, hasMore } = request.value;
  const orders = await inBatches(orderIds, AT_ONCE, async (orderId) => ({
    orderId,
    erasure: await markAndErase(deps, orderId, { erasureId, cause }),
  }));
  return ok({ request: request.value, orders, hasMore });
}

/** An earlier request and how its orders are at; undefined for an unknown one. */
export async function readErasure(deps: RequestErasureDeps, erasureId: string): Promise<Erasure | undefined> {
  const request = await deps.requests.get(erasureId);
  if (request === undefined) return undefined;
  const timelines = await loadAll(deps, request.orderIds);
  const orders = timelines.flatMap((timeline) => (timeline === undefined ? [] : [statusOf(deps, timeline)]));
  return { request, orders, hasMore: request.hasMore };
}

/** The request under this key: the one that is stored, or a new one. */
async function kept(
  deps: RequestErasureDeps,
  whose: WhoseData,
  { erasureId, print }: { readonly erasureId: string; readonly print: string },
): Promise<Result<ErasureRequest, ErasureRefusal>> {
  const requestedAt = toInstant(deps.clock());
  const earlier = await deps.requests.get(erasureId);
  const found = earlier === undefined ? await findOrders(deps, whose) : undefined;
  if (found !== undefined && !found.ok) return found;
  const { timelines = [], hasMore = false } = found?.value ?? {};
  const orderIds = timelines.map(({ orderId }) => orderId);
  const stored = await deps.requests.keep({ erasureId, requestedAt, orderIds, hasMore }, print);
  return stored.fingerprint === print ? ok(stored.request) : refused({ reason: 'key-reused' });
}

async function markAndErase(
  deps: RequestErasureDeps,
  orderId: string,
  { erasureId, cause }: { readonly erasureId: string; readonly cause: Cause },
): Promise<ErasureState> {
  await actOnOrder(deps, orderId, cause, ({ facts }) =>
    isErasureRequested(facts) || facts.some(({ name }) => name === 'order.erased')
      ? []
      : [{ name: 'order.erasure_requested', data: { erasureId } }],
  );
  return eraseOrder(deps, orderId, { basis: 'asked-for', cause });
}

const statusOf = (deps: RequestErasureDeps, { orderId, facts }: Timeline): OrderToErase => ({
  orderId,
  erasure: erasureStateOf(facts, deps.openReasons(facts)),
});

async function findOrders(
  deps: RequestErasureDeps,
  { orderIds = [], email }: WhoseData,
): Promise<Result<{ timelines: readonly Timeline[]; hasMore: boolean }, ErasureRefusal>> {
  const ofPerson =
    email === undefined ? [] : await deps.personal.ordersOf(await deps.personHash(email), MAX_ORDERS + 1);
  const wanted = [...new Set([...orderIds, ...ofPerson])];
  const taken = wanted.slice(0, MAX_ORDERS);
  const loaded = await loadAll(deps, taken);
  const unknown = taken.filter((_, index) => loaded[index] === undefined);
  if (unknown.length > 0) return refused({ reason: 'order-unknown', orderIds: unknown });
  return ok({
    timelines: loaded.filter((timeline) => timeline !== undefined),
    hasMore: wanted.length > taken.length,
  });
}

const loadAll = (deps: RequestErasureDeps, orderIds: readonly string[]) =>
  inBatches(orderIds, AT_ONCE, (orderId) => deps.timelines.load(orderId, { consistent: true }));

/** What the body asks for, without the address itself. */
async function printOf(deps: RequestErasureDeps, { orderIds = [], email }: WhoseData): Promise<string> {
  const person = email === undefined ? undefined : await deps.personHash(email);
  return fingerprint({ orderIds: [...orderIds].toSorted(), person });
}

// Crockford's base 32, as in every other id.
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const ID_LENGTH = 26;

/** The id of the erasure that was requested under this key: the same key gives the same id. */
function erasureIdOf(key: string): string {
  const bytes = createHash('sha256').update(key).digest().subarray(0, ID_LENGTH);
  return `${idPrefixes.erasure}_${Array.from(bytes, (byte) => ALPHABET[byte % ALPHABET.length]).join('')}`;
}
