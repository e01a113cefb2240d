import type { CatalogueStore, Product } from '../../../catalogue/index.ts';
import { fingerprint } from '../../../kernel/hash.ts';
import { invalid, notFound, type Problem } from '../../../kernel/problem.ts';
import { ok, type Result, refused } from '../../../kernel/result.ts';
import type { Instant } from '../../../kernel/time.ts';
import { noticeProblems, type ShipNotice, shipCommand } from '../../inbound/ship.ts';
import { actOnOrder } from '../act-on-order.ts';
import type { OrderCommand } from '../decide-order.ts';
import { orderProblem } from '../order-problem.ts';
import type { OrderState, OrderStatus } from '../order-state.ts';
import type { OrderStore, SupplierStore } from '../ports.ts';
import type { SupplierCall } from './read-call.ts';

export interface CallDeps {
  readonly orders: Pick<OrderStore, 'load' | 'append'>;
  readonly suppliers: Pick<SupplierStore, 'find'>;
  readonly catalogue: Pick<CatalogueStore, 'productsBySku' | 'network'>;
}

/** What a supplier may still say of an order that has moved on: it changes nothing. */
const PAST: Readonly<Record<'taken' | 'refused', readonly OrderStatus[]>> = {
  taken: ['shipped', 'received', 'closed', 'cancelled'],
  refused: ['closed', 'cancelled'],
};

/**
 * Takes what a supplier says of an order: that it takes or refuses it, or that a delivery is on its way. It acts on an
 * order of its own only: another one is as unknown to it as none. A document that comes again, under the same number
 * and with the same content, changes nothing; with another content it is refused.
 */
export async function takeSupplierCall(
  deps: CallDeps,
  {
    supplierId,
    call,
    now,
  }: { readonly supplierId: string; readonly call: SupplierCall; readonly now: Instant },
): Promise<Result<'taken', Problem>> {
  const order = await deps.orders.load(call.replenishmentOrderId);
  if (order === undefined || order.state.supplierId !== supplierId)
    return refused(notFound('replenishment order'));
  if (call.kind === 'response' && !asksForStep(call, order.state.status)) return ok('taken');
  const given =
    call.kind === 'response'
      ? answerCommand(call, order.state)
      : await noticeCommand(deps, { call, order: order.state, now });
  if (!given.ok) return given;
  const result = await actOnOrder(deps, call.replenishmentOrderId, {
    ...{ now, by: 'supplier', commandOf: () => given.value },
    request: { key: `${supplierId}/${call.kind}/${call.documentId}`, print: fingerprint(call) },
  });
  if (result.ok) return ok('taken');
  if (result.error.reason === 'more-than-ordered') return refused(tooMany(result.error));
  if (result.error.reason !== 'key-reused') return refused(orderProblem(result.error));
  const pointer = call.kind === 'response' ? '/OrderResponse/ID' : '/DespatchAdvice/ID';
  const detail = 'a document of that number came before, with another content';
  return refused(invalid([{ pointer, code: 'number-reused', detail }]));
}

type Response = Extract<SupplierCall, { kind: 'response' }>;

const asksForStep = ({ answer }: Response, status: OrderStatus): boolean =>
  answer !== 'received' && !PAST[answer].includes(status);

/** The command of an answer: its lines by their numbers on our order. */
function answerCommand(
  { answer, supplierReference, expectedAt, changes = [] }: Response,
  { lines }: OrderState,
): Result<OrderCommand, Problem> {
  if (answer === 'refused') return ok({ kind: 'cancel', reason: 'supplier-refused' });
  const unknown = changes.findIndex(({ lineNumber }) => lines[lineNumber - 1] === undefined);
  if (unknown >= 0) {
    const pointer = `/OrderResponse/OrderLine/${unknown}/LineItem/ID`;
    return refused(invalid([{ pointer, code: 'not-ordered', detail: 'the order has no such line' }]));
  }
  const changed = changes.map(({ lineNumber, quantity }) => ({
    ...{ sku: lines[lineNumber - 1]?.sku ?? '', quantity },
  }));
  return ok({
    kind: 'acknowledge',
    ...(supplierReference === undefined ? {} : { supplierReference }),
    ...(expectedAt === undefined ? {} : { expectedAt }),
    ...(changed.length === 0 ? {} : { changes: changed }),
  });
}

const tooMany = ({ index, most }: { readonly index: number; readonly most: number }): Problem =>
  invalid([
    {
      pointer: `/OrderResponse/OrderLine/${index}/LineItem/Quantity`,
      ...{ code: 'more-than-ordered', detail: `at most ${most} were ordered` },
    },
  ]);

type Despatch = Extract<SupplierCall, { kind: 'despatch' }>;

interface Noticed {
  readonly call: Despatch;
  readonly order: OrderState;
  readonly now: Instant;
}

/** The command of a delivery: its lines by their numbers on our order, and what we know where the notice is silent. */
async function noticeCommand(
  deps: CallDeps,
  { call, order, now }: Noticed,
): Promise<Result<OrderCommand, Problem>> {
  const unknown = call.lines.findIndex(({ lineNumber }) => order.lines[lineNumber - 1] === undefined);
  if (unknown >= 0) {
    const pointer = `/DespatchAdvice/DespatchLine/${unknown}/OrderLineReference/LineID`;
    return refused(invalid([{ pointer, code: 'not-ordered', detail: 'the order has no such line' }]));
  }
  const lines = call.lines.map(({ lineNumber, units }) => ({
    sku: order.lines[lineNumber - 1]?.sku ?? '',
    units,
  }));
  const [products, { warehouses }, supplier] = await Promise.all([
    deps.catalogue.productsBySku(lines.map(({ sku }) => sku)),
    deps.catalogue.network(),
    deps.suppliers.find(order.supplierId ?? ''),
  ]);
  const bySku: ReadonlyMap<string, Product> = new Map(products.map((product) => [product.sku, product]));
  const warehouse = warehouses.find(({ warehouseId }) => warehouseId === order.warehouseId);
  if (warehouse === undefined) throw new Error(`there is no warehouse ${order.warehouseId}`);
  const notice = noticeOf(call, {
    ...{ lines, fallback: order.expectedAt },
    fromCountry: supplier?.originCountries[0] ?? warehouse.address.country,
  });
  const errors = noticeProblems(order, notice, { products: bySku, now });
  if (errors.length > 0) return refused(invalid(errors));
  return ok(shipCommand(order, notice, { products: bySku, toCountry: warehouse.address.country }));
}

function noticeOf(
  call: Despatch,
  known: { readonly lines: ShipNotice['lines']; readonly fallback: Instant; readonly fromCountry: string },
): ShipNotice {
  const { documentId, mode, portOfArrival, transportReference, freight, expectedAt = known.fallback } = call;
  return {
    ...{ noticeId: documentId, lines: known.lines, expectedAt, spreadBy: 'weight' },
    ...(freight === undefined ? {} : { freight }),
    leg: {
      mode,
      fromCountry: (call.fromCountry ?? known.fromCountry) as ShipNotice['leg']['fromCountry'],
      ...(portOfArrival === undefined ? {} : { portOfArrival }),
      ...(transportReference === undefined ? {} : { transportReference }),
    },
  };
}
