import type { PartnerAnswer, Sandbox } from '../partner.ts';
import { newDigits, newId } from '../random.ts';
import { despatchAdvice, orderResponse } from './documents.ts';
import type { BuyersDocument, OrderedLine } from './read-document.ts';

/** How long each step takes before pacing. */
const ANSWERS_AFTER_MS = 300;
const SHIPS_AFTER_MS = 500;
const DAY_MS = 86_400_000;
const LATE_DAYS = 14;

/** What a word in a line makes the supplier do; a fault rule with the behaviour does the same. */
const WORDS = {
  REFUSED: 'refused',
  SILENT: 'silent',
  LATE: 'late',
  SHORT: 'short',
  DAMAGED: 'damaged',
  TWICE: 'twice',
  FEWER: 'fewer',
} as const;
type Manner = (typeof WORDS)[keyof typeof WORDS];

type Ordered = Extract<BuyersDocument, { kind: 'order' }>;

interface HeldOrder {
  readonly ordered: Ordered;
  readonly salesOrderId: string;
  readonly status: 'received' | 'taken' | 'refused' | 'shipped' | 'cancelled';
  readonly manner: Manner | undefined;
}

/** What is in a delivery: what its papers say, and what somebody at the dock will count. */
export interface Delivery {
  readonly noticeId: string;
  readonly orderId: string;
  readonly lines: readonly {
    readonly sku: string;
    readonly noticed: number;
    readonly received: number;
    readonly short: number;
    readonly damaged: number;
  }[];
}

/** The supplier's office: takes orders, answers them, and ships. */
export class SupplierOffice {
  readonly #code: string;
  readonly #sandbox: Sandbox;

  constructor(code: string, sandbox: Sandbox) {
    this.#code = code;
    this.#sandbox = sandbox;
  }

  /** An order that it has already is answered with 409. */
  take(ordered: Ordered): PartnerAnswer {
    if (this.#find(ordered.orderId) !== undefined) return text(409, 'The order is here already');
    const words = ordered.lines.map((line) => line.words).join(' ');
    const named = Object.entries(WORDS).find(([word]) => words.includes(word))?.[1];
    const asked = this.#sandbox.behaviour(`${ordered.orderId} ${words}`) as Manner | undefined;
    this.#save({ ordered, salesOrderId: `SO-${newDigits(6)}`, status: 'received', manner: asked ?? named });
    this.#sandbox.later(`${this.#code}.answer`, ANSWERS_AFTER_MS, { orderId: ordered.orderId });
    return text(202, 'The order is here');
  }

  /** Goods that have left can't be stopped. */
  cancel(orderId: string): PartnerAnswer {
    const order = this.#find(orderId);
    if (order === undefined) return text(404, 'There is no such order');
    if (order.status === 'shipped') return text(422, 'The goods have left');
    this.#save({ ...order, status: 'cancelled' });
    return text(200, 'The order is cancelled');
  }

  show(orderId: string): PartnerAnswer {
    const order = this.#find(orderId);
    return order === undefined ? text(404, 'There is no such order') : { status: 200, body: order };
  }

  answer(orderId: string): void {
    const order = this.#find(orderId);
    if (order?.status !== 'received' || order.manner === 'silent') return;
    const isRefused = order.manner === 'refused';
    const code = isRefused ? 'RE' : order.manner === 'fewer' ? 'CA' : 'AP';
    const lines = code === 'CA' ? order.ordered.lines.map(half) : order.ordered.lines;
    const response = orderResponse({
      ...{ documentId: `OR-${order.salesOrderId}`, orderId, salesOrderId: order.salesOrderId },
      ...{ issuedOn: dayOf(this.#sandbox.now()), code },
      promisedOn: this.#arrivesOn(order),
      changed: code === 'CA' ? lines : [],
    });
    this.#save({
      ...{ ...order, ordered: { ...order.ordered, lines } },
      status: isRefused ? 'refused' : 'taken',
    });
    this.#send('OrderResponse', orderId, response);
    // Another message of its own, with the same document in it.
    if (order.manner === 'twice') this.#send('OrderResponse', orderId, response);
    if (!isRefused) this.#sandbox.later(`${this.#code}.ship`, SHIPS_AFTER_MS, { orderId });
  }

  ship(orderId: string): void {
    const order = this.#find(orderId);
    if (order?.status !== 'taken') return;
    const { lines } = order.ordered;
    const noticeId = `DA-${order.salesOrderId}`;
    const advice = despatchAdvice({
      ...{ documentId: noticeId, orderId, lines, issuedOn: dayOf(this.#sandbox.now()) },
      arrivesOn: this.#arrivesOn(order),
    });
    this.#save({ ...order, status: 'shipped' });
    const delivery: Delivery = { noticeId, orderId, lines: lines.map((line) => counted(line, order.manner)) };
    this.#sandbox.store.put(`${this.#code}.delivery`, noticeId, delivery);
    this.#send('DespatchAdvice', orderId, advice);
    if (order.manner === 'twice') this.#send('DespatchAdvice', orderId, advice);
  }

  #arrivesOn({ ordered, manner }: HeldOrder): string {
    const late = manner === 'late' ? LATE_DAYS * DAY_MS : 0;
    return dayOf(Date.parse(`${ordered.wantedOn}T00:00:00Z`) + late);
  }

  #send(type: string, reference: string, body: string): void {
    this.#sandbox.sendHook({ eventId: newId('msg'), type, reference, body });
  }

  #find(orderId: string): HeldOrder | undefined {
    return this.#sandbox.store.get<HeldOrder>(`${this.#code}.order`, orderId);
  }

  #save(order: HeldOrder): void {
    this.#sandbox.store.put(`${this.#code}.order`, order.ordered.orderId, order);
  }
}

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

const text = (status: number, body: string): PartnerAnswer => ({
  ...{ status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body },
});

/** Half of the units, rounded up. */
const half = (line: OrderedLine): OrderedLine => ({ ...line, units: Math.ceil(line.units / 2) });

function counted({ sku, units }: OrderedLine, manner: Manner | undefined): Delivery['lines'][number] {
  const short = manner === 'short' ? 1 : 0;
  const damaged = manner === 'damaged' ? 1 : 0;
  return { sku, noticed: units, received: units - short - damaged, short, damaged };
}
