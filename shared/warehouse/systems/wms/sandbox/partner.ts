import type { Behaviour } from '../../../../../infra/sandbox/faults.ts';
import {
  answerProblem,
  guardJson,
  ProblemRefusal,
  readIdempotencyKey,
  readJson,
} from '../../../../../infra/sandbox/json-partner.ts';
import type {
  Operation,
  PartnerRequest,
  PartnerServer,
  Sandbox,
} from '../../../../../infra/sandbox/partner.ts';
import { newId } from '../../../../../infra/sandbox/random.ts';
import { warehouseHelp } from './help.ts';
import type {
  CartonLabel,
  DispatchOrderRequest,
  DispatchOrderStatus,
  DispatchOrderView,
  WarehouseCallback,
} from './wire.ts';

/** How long each piece of work takes before pacing: from the order to the carrier's van in about a second. */
const workDelayMs = { accepted: 100, picked: 350, packed: 300, handed_over: 250 } as const;
const packagingGrams = 40;
const unitGramsWhenUnknown = 250;

interface Order {
  readonly view: DispatchOrderView;
  /** What was told to happen to this order, by a fault rule or by its SKUs. */
  readonly behaviour: Behaviour | undefined;
}

/** The warehouse: takes dispatch orders, picks, packs and hands over to the carrier, and says so by webhook. */
export function createWarehouse(sandbox: Sandbox, handOver: (trackingNumber: string) => void): PartnerServer {
  const { store, faults } = sandbox;
  const nowIso = () => new Date(sandbox.now()).toISOString();

  const read = (dispatchId: string): Order => {
    const order = store.get<Order>('warehouse.order', dispatchId);
    if (order === undefined) throw new ProblemRefusal(404, `No dispatch order ${dispatchId}`);
    return order;
  };

  const move = (order: Order, status: DispatchOrderStatus, more: Partial<DispatchOrderView> = {}): Order => {
    const occurredAt = nowIso();
    const view = { ...order.view, ...more, status, history: [...order.view.history, { status, occurredAt }] };
    const moved = { ...order, view };
    store.put('warehouse.order', view.dispatchId, moved);
    if (order.behaviour !== 'silent') tell(view, status, occurredAt);
    return moved;
  };

  const tell = (view: DispatchOrderView, status: DispatchOrderStatus, occurredAt: string): void => {
    const { dispatchId, warehouseId, parcelId, weightGrams, dimensionsMm, shortLines } = view;
    const callback: WarehouseCallback = {
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
    const reference = `${dispatchId} ${parcelId}`;
    sandbox.sendHook({
      partner: 'warehouse',
      eventId: newId('msg'),
      type: callback.type,
      reference,
      body: JSON.stringify(callback),
    });
  };

  const plan = (dispatchId: string, next: keyof typeof workDelayMs): void => {
    sandbox.later('warehouse.work', workDelayMs[next], { dispatchId, next });
  };

  const work = ({ dispatchId, next }: { dispatchId: string; next: keyof typeof workDelayMs }): void => {
    const order = read(dispatchId);
    if (order.view.status === 'cancelled' || order.view.status === 'short') return;
    if (next === 'accepted') {
      move(order, 'accepted');
      plan(dispatchId, 'picked');
    } else if (next === 'picked') {
      if (order.behaviour === 'short')
        return void move(order, 'short', { shortLines: shortLines(order.view) });
      move(order, 'picked');
      plan(dispatchId, 'packed');
    } else if (next === 'packed') {
      move(order, 'packed', measure(order.view));
      plan(dispatchId, 'handed_over');
    } else {
      move(order, 'handed_over');
      const { trackingNumber, cartons = [] } = order.view;
      for (const number of new Set([trackingNumber, ...cartons.map(({ label }) => label.trackingNumber)]))
        handOver(number);
    }
  };

  const create: Operation['answer'] = (request) => {
    const given = checkOrder(readJson(request));
    if (store.get('warehouse.order', given.dispatchId) !== undefined) {
      throw new ProblemRefusal(409, `Dispatch order ${given.dispatchId} exists already`);
    }
    const view: DispatchOrderView = {
      dispatchId: given.dispatchId,
      warehouseId: given.warehouseId,
      parcelId: given.parcelId,
      status: 'received',
      lines: given.lines,
      shipBy: given.shipBy,
      ...(given.via !== undefined && { via: given.via }),
      trackingNumber: given.label.trackingNumber,
      ...(given.cartons !== undefined && { cartons: given.cartons }),
      history: [{ status: 'received', occurredAt: nowIso() }],
    };
    // A SKU that contains SHORT is always short, so that a test needs no fault rule.
    const marked = given.lines.some((line) => line.sku.includes('SHORT')) ? 'short' : undefined;
    const behaviour = faults.behaviour('warehouse', JSON.stringify(given)) ?? marked;
    store.put('warehouse.order', view.dispatchId, { view, behaviour });
    if (behaviour !== 'stalled') plan(view.dispatchId, 'accepted');
    return { status: 202, body: view };
  };

  const cancel: Operation['answer'] = (_request, { id = '' }) => {
    const order = read(id);
    const { status } = order.view;
    if (status === 'packed' || status === 'handed_over')
      return { status: 200, body: { dispatchId: id, outcome: 'too_late' } };
    if (status !== 'cancelled') move(order, 'cancelled');
    return { status: 200, body: { dispatchId: id, outcome: 'cancelled' } };
  };

  const guardOptions = {
    store,
    partner: 'warehouse',
    apiKey: () => sandbox.secrets().warehouseApiKey,
    keyed: ['dispatch_orders.create'],
  } as const;

  return {
    help: warehouseHelp,
    name: 'warehouse',
    operations: [
      { name: 'dispatch_orders.create', method: 'POST', path: '/v1/dispatch-orders', answer: create },
      {
        name: 'dispatch_orders.retrieve',
        method: 'GET',
        path: '/v1/dispatch-orders/:id',
        answer: (_request, { id = '' }) => ({ status: 200, body: read(id).view }),
      },
      {
        name: 'dispatch_orders.cancel',
        method: 'POST',
        path: '/v1/dispatch-orders/:id/cancellation',
        answer: cancel,
      },
    ],
    steps: { 'warehouse.work': work },
    guard: (request, operation, answer) => guardJson(guardOptions, request, operation, answer),
    contextOf: (_request: PartnerRequest, { id = '' }) =>
      JSON.stringify(store.get('warehouse.order', id) ?? ''),
    inFlightKey: readIdempotencyKey,
    conflict: (requestId) => answerProblem(409, requestId, 'A call with this Idempotency-Key is under way'),
    error: (status, requestId, detail) => answerProblem(status, requestId, detail),
  };
}

/** The order as sent, or a 422 that names each wrong field. */
function checkOrder(body: unknown): DispatchOrderRequest {
  const given = body as DispatchOrderRequest;
  const texts = { dispatchId: given.dispatchId, warehouseId: given.warehouseId, parcelId: given.parcelId };
  const errors = Object.entries(texts)
    .filter(([, value]) => typeof value !== 'string' || value === '')
    .map(([name]) => ({ pointer: `/${name}`, detail: 'must be a text' }));
  if (!Array.isArray(given.lines) || given.lines.length === 0)
    errors.push({ pointer: '/lines', detail: 'must hold at least one line' });
  for (const [index, line] of (Array.isArray(given.lines) ? given.lines : []).entries()) {
    if (typeof line.sku !== 'string' || line.sku === '')
      errors.push({ pointer: `/lines/${index}/sku`, detail: 'must be a text' });
    if (!Number.isInteger(line.quantity) || line.quantity < 1) {
      errors.push({ pointer: `/lines/${index}/quantity`, detail: 'must be a whole number above 0' });
    }
  }
  if (!isLabel(given.label))
    errors.push({ pointer: '/label', detail: 'must have url, trackingNumber and carrier' });
  if (given.cartons !== undefined && errors.length === 0) errors.push(...checkCartons(given));
  if (given.via !== undefined && !(Array.isArray(given.via) && given.via.every(isWarehouse)))
    errors.push({ pointer: '/via', detail: 'must list warehouses' });
  if (Number.isNaN(Date.parse(given.shipBy)))
    errors.push({ pointer: '/shipBy', detail: 'must be an RFC 3339 time' });
  if (errors.length > 0) throw new ProblemRefusal(422, 'The dispatch order is not complete', errors);
  return given;
}

const isLabel = (label: CartonLabel | undefined) =>
  Boolean(label?.url && label.trackingNumber && label.carrier);

/** Each carton has its own label, the first one the order's, and together they hold what is to be picked. */
function checkCartons({ cartons = [], label, lines }: DispatchOrderRequest) {
  const errors = cartons.flatMap((carton, index) =>
    isLabel(carton.label)
      ? []
      : [{ pointer: `/cartons/${index}/label`, detail: 'must have url, trackingNumber and carrier' }],
  );
  const numbers = new Set(cartons.map((carton) => carton.label?.trackingNumber));
  if (numbers.size < cartons.length || !numbers.has(label.trackingNumber))
    errors.push({ pointer: '/cartons', detail: 'must have a label each, one of them that of the order' });
  const left = new Map<string, number>();
  for (const { sku, quantity } of lines) left.set(sku, (left.get(sku) ?? 0) + quantity);
  for (const { sku, quantity } of cartons.flatMap((carton) => carton.lines ?? []))
    left.set(sku, (left.get(sku) ?? 0) - quantity);
  if ([...left.values()].some((quantity) => quantity !== 0))
    errors.push({ pointer: '/cartons', detail: 'must hold the lines, no more and no less' });
  return errors;
}

const isWarehouse = (id: unknown) => typeof id === 'string' && id !== '';

/** The last line is one piece short of what was ordered. */
function shortLines(view: DispatchOrderView): NonNullable<DispatchOrderView['shortLines']> {
  const line = view.lines.find((one) => one.sku.includes('SHORT')) ?? view.lines.at(-1);
  return line === undefined ? [] : [{ sku: line.sku, ordered: line.quantity, picked: line.quantity - 1 }];
}

/** What the scale and the tape say. Grams and millimetres. */
function measure(view: DispatchOrderView): Pick<DispatchOrderView, 'weightGrams' | 'dimensionsMm'> {
  const units = view.lines.reduce((sum, line) => sum + line.quantity, 0);
  const net = view.lines.reduce(
    (sum, line) => sum + line.quantity * (line.unitWeightGrams ?? unitGramsWhenUnknown),
    0,
  );
  return {
    weightGrams: net + packagingGrams * Math.max(1, view.cartons?.length ?? 0),
    dimensionsMm: { length: 300, width: 200, height: Math.min(60 + 20 * units, 400) },
  };
}
