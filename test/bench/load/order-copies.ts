import { pack, unpack } from '../../../shared/aws/pack.ts';
import { dueShard, listKey, taxPlace } from '../../../shared/aws/table.ts';
import { newId } from '../../../shared/kernel/ids.ts';

/** A value of an item as DynamoDB writes it. */
interface StoredValue {
  readonly S?: string;
  readonly N?: string;
  /** Base64. */
  readonly B?: string;
}

/** An item as DynamoDB writes it. */
export type StoredItem = Readonly<Record<string, StoredValue>>;

/** An order whose items are copied. */
export interface OrderTemplate {
  /** Whether somebody has to look at the order some day. */
  readonly isOpen: boolean;
  /**
   * The items of another order that was placed at this time, in milliseconds since 1970. The number makes its ids
   * unique, and the names that partners gave. An open order has to be looked at at the time `dueMs`. Real ones are
   * first due after two minutes, and the sweeper moves them to their next deadline.
   */
  copy(at: { readonly placedMs: number; readonly number: number; readonly dueMs: number }): StoredItem[];
}

/** The attributes that hold compressed JSON with ids and times. */
const PACKED: ReadonlySet<string> = new Set(['facts', 'taxEntries']);
const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/;
const ULID = /(?<![0-9A-Z])[0-9A-HJKMNP-TV-Z]{26}(?![0-9A-Z])/;
const ORDER_PREFIX = 'ORDER#ord_';
/** How many names one copy may have. */
const NAMES = 64;
const CODE_DIGITS = 6;
const DIGITS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * Groups items by their orders. An item belongs to an order whose number one of its texts contains. Quotes are left
 * out, because they expire after a short time, and so are the records of a SKU, which are of many orders.
 */
export function templatesOf(items: readonly StoredItem[]): OrderTemplate[] {
  const numbers = items.flatMap(({ pk, sk }) =>
    sk?.S === 'ORDER' && pk?.S?.startsWith(ORDER_PREFIX) ? [pk.S.slice(ORDER_PREFIX.length)] : [],
  );
  const groups = new Map<string, StoredItem[]>(numbers.map((number) => [number, []]));
  for (const item of items) {
    if (/^(QUOTE|RESERVATION)#/.test(item.pk?.S ?? '')) continue;
    const texts = [item.pk?.S, item.sk?.S, item.orderId?.S].join(' ');
    const number = new RegExp(ULID).exec(texts)?.[0];
    groups.get(number ?? '')?.push(item);
  }
  return [...groups].map(([number, own]) => templateOf(number, own));
}

function templateOf(orderNumber: string, items: readonly StoredItem[]): OrderTemplate {
  const head = items.find(({ sk }) => sk?.S === 'ORDER');
  const placedMs = Date.parse(head?.placedAt?.S ?? '');
  // A partner's name of a parcel, and the key of a request, are in the key of an item of their own.
  const names = items.flatMap(({ pk }) =>
    /^(REFERENCE|IDEMPOTENCY)#/.test(pk?.S ?? '') ? [pk?.S?.split('#').at(-1) ?? ''] : [],
  );
  const compile = createCompiler(orderNumber, names);
  const makers = items.map((item) => makerOf(item, compile));
  return {
    isOpen: head?.dueAt !== undefined,
    copy: (at) => {
      const orderId = newId('order', new Date(at.placedMs));
      const place: Place = { orderId, shiftMs: at.placedMs - placedMs, number: at.number };
      const dueAt = new Date(at.dueMs).toISOString();
      return makers.map((make) => moved(make(place), orderId, dueAt));
    },
  };
}

/** Where a copy goes. */
interface Place {
  readonly orderId: string;
  /** How much later than its model the copy was placed. */
  readonly shiftMs: number;
  readonly number: number;
}

type Render = (place: Place) => string;

/** Makes a text into a function that gives it with the ids, names and times of a copy. */
function createCompiler(orderNumber: string, names: readonly string[]): (text: string) => Render {
  const known = new Map<string, number>();
  const wanted = [INSTANT.source, ULID.source, ...names.map(escaped)].join('|');
  const indexOf = (name: string): number => {
    const index = known.get(name) ?? known.size;
    known.set(name, index);
    if (index >= NAMES) throw new Error(`the order ${orderNumber} has more than ${NAMES} names`);
    return index;
  };
  const renderOf = (found: string): Render => {
    if (found === orderNumber) return ({ orderId }) => orderId.slice('ord_'.length);
    if (INSTANT.test(found)) {
      const ms = Date.parse(found);
      return ({ shiftMs }) => new Date(ms + shiftMs).toISOString();
    }
    const index = indexOf(found);
    const beginning = found.slice(0, -CODE_DIGITS - 1);
    return ({ number }) => `${beginning}Z${coded(number * NAMES + index)}`;
  };
  return (text) => {
    // With the separators in a group, every second part is one of them.
    const parts = text
      .split(new RegExp(`(${wanted})`))
      .map((part, index) => (index % 2 === 0 ? () => part : renderOf(part)));
    return (place) => parts.map((render) => render(place)).join('');
  };
}

/** A text as a part of a regular expression. */
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A number in digits that ids may have. */
function coded(number: number): string {
  let text = '';
  for (let rest = number; text.length < CODE_DIGITS; rest = Math.floor(rest / DIGITS.length))
    text = `${DIGITS[rest % DIGITS.length]}${text}`;
  return text;
}

function makerOf(item: StoredItem, compile: (text: string) => Render): (place: Place) => StoredItem {
  const makers = Object.entries(item).map(
    ([name, value]) => [name, valueMaker(name, value, compile)] as const,
  );
  return (place) => Object.fromEntries(makers.map(([name, make]) => [name, make(place)]));
}

function valueMaker(
  name: string,
  value: StoredValue,
  compile: (text: string) => Render,
): (place: Place) => StoredValue {
  if (value.S !== undefined) {
    const render = compile(value.S);
    return (place) => ({ S: render(place) });
  }
  if (value.B !== undefined && PACKED.has(name)) {
    const render = compile(JSON.stringify(unpack(Buffer.from(value.B, 'base64'))));
    return (place) => ({ B: Buffer.from(pack(JSON.parse(render(place)))).toString('base64') });
  }
  if (name === 'expiresAt')
    return ({ shiftMs }) => ({ N: String(Number(value.N) + Math.floor(shiftMs / 1000)) });
  return () => value;
}

/**
 * Puts a copy into the shards of its own id. Without `outbox` the stream does not hand its facts on: that of the order
 * itself did so.
 */
function moved({ outbox: _outbox, ...item }: StoredItem, orderId: string, dueAt: string): StoredItem {
  const list = item.listKey?.S?.split('#')[1];
  const recordedAt = item.taxAt?.S?.split('#')[0];
  return {
    ...item,
    ...(list === undefined ? {} : { listKey: { S: listKey(list, orderId) } }),
    ...(item.dueShard === undefined ? {} : { dueShard: { S: dueShard(orderId) }, dueAt: { S: dueAt } }),
    ...(recordedAt === undefined ? {} : { taxShard: { S: taxPlace(orderId, recordedAt).taxShard } }),
  };
}
