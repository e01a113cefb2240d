import { PartnerUnavailable } from '../../shared/partners/send.ts';
import type {
  BoundWarehouseSystem,
  DispatchOrder,
  WarehouseUpdate,
} from '../../shared/warehouse/warehouse-system.ts';
import { type Break, createBreaks } from './breaks.ts';

/** A warehouse that keeps its dispatch orders, and works on them as the test says. */
export interface FakeWarehouseSystem extends BoundWarehouseSystem {
  readonly orders: Map<string, DispatchOrder>;
  /** The dispatch id of each request, so that a test can count the requests. */
  readonly requests: string[];
  readonly cancelled: Set<string>;
  /** Dispatches that can no longer be stopped. */
  readonly packedUp: Set<string>;
  work(
    dispatchId: string,
    status: WarehouseUpdate['status'],
    over?: Partial<WarehouseUpdate>,
  ): WarehouseUpdate;
  isDown: boolean;
  /** Runs during a request, before the answer. */
  onRequest: (() => Promise<void>) | undefined;
  breakNext(call: 'request' | 'find' | 'cancel', how: Break): void;
  duringNext(call: 'request' | 'find' | 'cancel', happen: () => Promise<void>): void;
}

export const updateBody = (update: WarehouseUpdate) => Buffer.from(JSON.stringify(update));

export function createFakeWarehouseSystem(): FakeWarehouseSystem {
  const orders: FakeWarehouseSystem['orders'] = new Map();
  const histories = new Map<string, WarehouseUpdate[]>();
  const breaks = createBreaks();
  const system: FakeWarehouseSystem = {
    breakNext: breaks.breakNext,
    duringNext: breaks.duringNext,
    code: 'wms',
    orders,
    requests: [],
    cancelled: new Set(),
    packedUp: new Set(),
    isDown: false,
    onRequest: undefined,
    verify: () => ({ genuine: true, callbackId: 'evt_1', secretId: '1' }),
    interpret: (rawBody) => JSON.parse(rawBody.toString('utf8')) as WarehouseUpdate,
    request: breaks.through('request', async (_now, order) => {
      system.requests.push(order.dispatchId);
      if (system.isDown) throw new PartnerUnavailable('fake', 'no answer');
      await system.onRequest?.();
      // An order that was cancelled before it came is refused.
      if (!system.cancelled.has(order.dispatchId)) orders.set(order.dispatchId, order);
    }),
    cancel: breaks.through('cancel', async (_now, { dispatchId }) => {
      if (system.isDown) throw new PartnerUnavailable('fake', 'no answer');
      if (system.packedUp.has(dispatchId)) return 'too-late';
      system.cancelled.add(dispatchId);
      return 'cancelled';
    }),
    find: breaks.through(
      'find',
      async (_now, { dispatchId }) =>
        orders.has(dispatchId) ? (histories.get(dispatchId) ?? []) : undefined,
      () => undefined,
    ),
    work: (dispatchId, status, over = {}) => {
      const update: WarehouseUpdate = {
        dispatchId,
        status,
        word: status,
        occurredAt: '2026-11-23T14:00:00.000Z',
        ...(status === 'packed' ? { weightGrams: 400 } : {}),
        ...(status === 'short' ? { short: [{ sku: 'TEA-TOWEL', missingQuantity: 1 }] } : {}),
        ...over,
      };
      histories.set(dispatchId, [...(histories.get(dispatchId) ?? []), update]);
      return update;
    },
  };
  return system;
}
