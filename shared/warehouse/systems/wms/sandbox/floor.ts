import type { Behaviour } from '../../../../../infra/sandbox/faults.ts';
import { ProblemRefusal } from '../../../../../infra/sandbox/json-partner.ts';
import type { Sandbox } from '../../../../../infra/sandbox/partner.ts';
import { newId } from '../../../../../infra/sandbox/random.ts';
import { measure, shortLines } from './measure.ts';
import type {
  CancellationAnswer,
  ClosedOrderView,
  DispatchOrderRequest,
  DispatchOrderStatus,
  DispatchOrderView,
  WarehouseCallback,
} from './wire.ts';

/** How long each step takes before pacing. All steps together take about a second. */
const workDelayMs = { accepted: 100, picked: 350, packed: 300, handed_over: 250 } as const;
type Work = keyof typeof workDelayMs;

interface Order {
  readonly view: DispatchOrderView;
  /** What a fault rule or the SKUs decide for this order. */
  readonly behaviour: Behaviour | undefined;
}

/** Simulates the warehouse floor: keeps the dispatch orders and works on them as time passes. */
export class WarehouseFloor {
  readonly #sandbox: Sandbox;

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
  }

  find(dispatchId: string): Order | undefined {
    return this.#sandbox.store.get<Order>('wms.order', dispatchId);
  }

  /** Throws the API's 404 for an unknown order. */
  read(dispatchId: string): Order {
    const order = this.find(dispatchId);
    if (order === undefined) throw new ProblemRefusal(404, `No dispatch order ${dispatchId}`);
    return order;
  }

  /** The order as the API shows it; also one that was cancelled before it came. */
  view(dispatchId: string): DispatchOrderView | ClosedOrderView {
    return this.#findClosed(dispatchId) ?? this.read(dispatchId).view;
  }

  take(given: DispatchOrderRequest): DispatchOrderView {
    if (this.#findClosed(given.dispatchId) !== undefined)
      throw new ProblemRefusal(409, `Dispatch order ${given.dispatchId} was cancelled before it came`);
    if (this.find(given.dispatchId) !== undefined)
      throw new ProblemRefusal(409, `Dispatch order ${given.dispatchId} exists already`);
    const view = viewOf(given, this.#nowIso());
    // A SKU that contains SHORT is always out of stock. A test then needs no fault rule.
    const marked = given.lines.some((line) => line.sku.includes('SHORT')) ? 'short' : undefined;
    const behaviour = this.#sandbox.behaviour(JSON.stringify(given)) ?? marked;
    this.#save({ view, behaviour });
    if (behaviour !== 'stalled') this.#plan(view.dispatchId, 'accepted');
    return view;
  }

  /** An order that has not come is closed: it may still be on its way, and is refused when it comes. */
  cancel(dispatchId: string): CancellationAnswer {
    const order = this.find(dispatchId);
    if (order === undefined) {
      this.#close(dispatchId);
      return { dispatchId, outcome: 'cancelled' };
    }
    const { status } = order.view;
    if (status === 'packed' || status === 'handed_over') return { dispatchId, outcome: 'too_late' };
    if (status !== 'cancelled') this.#move(order, 'cancelled');
    return { dispatchId, outcome: 'cancelled' };
  }

  work({ dispatchId, next }: { readonly dispatchId: string; readonly next: Work }): void {
    const order = this.read(dispatchId);
    if (order.view.status === 'cancelled' || order.view.status === 'short') return;
    this.#steps[next](order);
  }

  readonly #steps: Readonly<Record<Work, (order: Order) => void>> = {
    accepted: (order) => {
      this.#move(order, 'accepted');
      this.#plan(order.view.dispatchId, 'picked');
    },
    picked: (order) => {
      if (order.behaviour === 'short') {
        this.#move(order, 'short', { shortLines: shortLines(order.view) });
        return;
      }
      this.#move(order, 'picked');
      this.#plan(order.view.dispatchId, 'packed');
    },
    packed: (order) => {
      this.#move(order, 'packed', measure(order.view));
      this.#plan(order.view.dispatchId, 'handed_over');
    },
    handed_over: (order) => {
      this.#move(order, 'handed_over');
      const { trackingNumber, cartons = [] } = order.view;
      const numbers = new Set([trackingNumber, ...cartons.map(({ label }) => label.trackingNumber)]);
      for (const number of numbers) this.#sandbox.parcels.handOver(number);
    },
  };

  #findClosed(dispatchId: string): ClosedOrderView | undefined {
    return this.#sandbox.store.get<ClosedOrderView>('wms.closed', dispatchId);
  }

  #close(dispatchId: string): void {
    if (this.#findClosed(dispatchId) !== undefined) return;
    const history = [{ status: 'cancelled' as const, occurredAt: this.#nowIso() }];
    const closed: ClosedOrderView = { dispatchId, status: 'cancelled', history };
    this.#sandbox.store.put('wms.closed', dispatchId, closed);
  }

  #move(order: Order, status: DispatchOrderStatus, more: Partial<DispatchOrderView> = {}): void {
    const occurredAt = this.#nowIso();
    const history = [...order.view.history, { status, occurredAt }];
    const view = { ...order.view, ...more, status, history };
    this.#save({ ...order, view });
    if (order.behaviour !== 'silent') this.#report(view, occurredAt);
  }

  #report(view: DispatchOrderView, occurredAt: string): void {
    const callback = callbackOf(view, occurredAt);
    this.#sandbox.sendHook({
      eventId: newId('msg'),
      type: callback.type,
      reference: `${view.dispatchId} ${view.parcelId}`,
      body: JSON.stringify(callback),
    });
  }

  #plan(dispatchId: string, next: Work): void {
    this.#sandbox.later('wms.work', workDelayMs[next], { dispatchId, next });
  }

  #save(order: Order): void {
    this.#sandbox.store.put('wms.order', order.view.dispatchId, order);
  }

  #nowIso(): string {
    return new Date(this.#sandbox.now()).toISOString();
  }
}

function viewOf(given: DispatchOrderRequest, occurredAt: string): DispatchOrderView {
  return {
    dispatchId: given.dispatchId,
    warehouseId: given.warehouseId,
    parcelId: given.parcelId,
    status: 'received',
    lines: given.lines,
    shipBy: given.shipBy,
    ...(given.via !== undefined && { via: given.via }),
    trackingNumber: given.label.trackingNumber,
    ...(given.cartons !== undefined && { cartons: given.cartons }),
    history: [{ status: 'received', occurredAt }],
  };
}

function callbackOf(view: DispatchOrderView, occurredAt: string): WarehouseCallback {
  const { dispatchId, warehouseId, parcelId, status, weightGrams, dimensionsMm, shortLines } = view;
  return {
    type: `dispatch_order.${status}` as WarehouseCallback['type'],
    timestamp: occurredAt,
    data: {
      dispatchId,
      warehouseId,
      parcelId,
      occurredAt,
      ...(weightGrams !== undefined && { weightGrams }),
      ...(dimensionsMm !== undefined && { dimensionsMm }),
      ...(shortLines !== undefined && { shortLines }),
      ...(status === 'handed_over' && { trackingNumber: view.trackingNumber }),
    },
  };
}
