import { type Fact, factVersion, parseFact } from '../../events/all-events.ts';
import { invariant } from '../../shared/kernel/invariant.ts';
import type { Instant } from '../../shared/kernel/time.ts';
import type { DueMove, PartnerName, Reference } from '../../shared/timeline/consequences.ts';
import type {
  Journal,
  KeptCall,
  OrderHead,
  Project,
  ReferenceReader,
  StockMove,
  TaxEntry,
  Timeline,
  TimelineStore,
} from '../../shared/timeline/index.ts';
import type { Append } from '../../shared/timeline/timeline.ts';
import { countingIds } from '../builders/ids.ts';

/** The units of one SKU at one warehouse, after all moves. */
type Position = Pick<StockMove, 'available' | 'reserved' | 'onHand' | 'shipped' | 'writtenOff'>;

export interface MemoryTimelines extends TimelineStore, ReferenceReader {
  /** Creates an order from facts, as if each fact had been appended. */
  seed(timeline: Timeline): void;
  factsOf(orderId: string): readonly Fact[];
  headOf(orderId: string): OrderHead | undefined;
  /** The place of each order in the due index; an order that waits for nothing has none. */
  readonly places: Map<string, Instant>;
  readonly journals: readonly Journal[];
  readonly taxEntries: readonly TaxEntry[];
  /** The stock by `warehouseId#sku`. Every position begins with a thousand units. */
  readonly stock: ReadonlyMap<string, Position>;
  /** Runs a function just before the next append is written. It simulates another writer. */
  beforeNextAppend(intrude: () => Promise<void>): void;
}

/**
 * A store with the data and the rules of the real one. Facts are stored in the form in which they are read. An append
 * to a stale timeline is refused. Facts and their consequences are written together or not at all.
 */
export function createMemoryTimelines(project: Project): MemoryTimelines {
  const timelines = new Map<string, Fact[]>();
  const heads = new Map<string, OrderHead>();
  const places = new Map<string, Instant>();
  const references = new Map<string, Reference>();
  const stock = new Map<string, Position>();
  const journals: Journal[] = [];
  const taxEntries: TaxEntry[] = [];
  const calls = new Map<string, KeptCall[]>();
  const newId = countingIds();
  let intrusion: (() => Promise<void>) | undefined;

  /** The calls that are kept with the facts of the order up to a number. */
  const callsAmong = (orderId: string, length: number): KeptCall[] =>
    Array.from({ length }, (_, place) => calls.get(`${orderId}#${place}`) ?? []).flat();

  /** The number of facts without those of the last step. */
  const beforeLastStep = new Map<string, number>();

  const write = (orderId: string, before: readonly Fact[], added: readonly Fact[]) => {
    const consequences = project(before, added);
    const positions = consequences.stock.map((move) => moved(stock, move));
    for (const [key, position] of positions) stock.set(key, position);
    const { head } = consequences;
    movePlace(places, orderId, consequences.dueMove);
    heads.set(orderId, head);
    journals.push(...consequences.journals);
    taxEntries.push(...consequences.taxEntries);
    for (const reference of consequences.references) references.set(nameOf(reference), reference);
    timelines.set(orderId, [...before, ...added]);
    beforeLastStep.set(orderId, Math.max(before.length, 1));
  };

  return {
    places,
    journals,
    taxEntries,
    stock,
    load: async (orderId, { consistent = true } = {}) => {
      const facts = timelines.get(orderId);
      if (facts === undefined) return undefined;
      // The oldest that a read may be which is not consistent, so that every test shows that it does no harm.
      const seen = consistent ? facts : facts.slice(0, beforeLastStep.get(orderId));
      return { orderId, facts: [...seen], calls: callsAmong(orderId, seen.length) };
    },
    async append({ timeline, facts, cause, now, call }: Append) {
      const { orderId } = timeline;
      if ((timelines.get(orderId) ?? []).length !== timeline.facts.length) return undefined;
      const intrude = intrusion;
      intrusion = undefined;
      await intrude?.();
      const present = timelines.get(orderId) ?? [];
      if (present.length !== timeline.facts.length) return undefined;
      const added = facts.map(({ name, data, occurredAt = now }, index) =>
        parseFact(
          JSON.parse(
            JSON.stringify({
              id: newId('fact', new Date(now)),
              orderId,
              sequence: present.length + index + 1,
              occurredAt,
              recordedAt: now,
              cause,
              name,
              version: factVersion(name),
              data,
            }),
          ),
        ),
      );
      write(orderId, present, added);
      if (call !== undefined) calls.set(`${orderId}#${present.length}`, [call]);
      return { orderId, facts: [...present, ...added], calls: callsAmong(orderId, present.length + 1) };
    },
    orderOf: async (name) => references.get(nameOf(name)),
    seed: ({ orderId, facts }) => {
      for (const [index, fact] of facts.entries()) write(orderId, facts.slice(0, index), [fact]);
    },
    factsOf: (orderId) => timelines.get(orderId) ?? [],
    headOf: (orderId) => heads.get(orderId),
    beforeNextAppend: (intrude) => {
      intrusion = intrude;
    },
  };
}

/** As in the table: mostly the sweeper moves an open order. */
function movePlace(places: Map<string, Instant>, orderId: string, dueMove: DueMove): void {
  if (dueMove === 'remove') places.delete(orderId);
  else if (dueMove !== 'leave') places.set(orderId, dueMove.to);
}

function moved(stock: ReadonlyMap<string, Position>, move: StockMove): [string, Position] {
  const key = `${move.warehouseId}#${move.sku}`;
  const before = stock.get(key) ?? { available: 1000, reserved: 0, onHand: 1000, shipped: 0, writtenOff: 0 };
  const after = {
    available: before.available + move.available,
    reserved: before.reserved + move.reserved,
    onHand: before.onHand + move.onHand,
    shipped: before.shipped + move.shipped,
    writtenOff: before.writtenOff + move.writtenOff,
  };
  invariant(after.available >= 0 && after.reserved >= 0, 'stock is never negative', { key, ...after });
  const { onHand, shipped, writtenOff } = after;
  invariant(onHand + shipped + writtenOff === 1000, 'units are never lost or made', { key, ...after });
  invariant(after.onHand === after.available + after.reserved, 'on hand is available and reserved', {
    key,
    ...after,
  });
  return [key, after];
}

const nameOf = ({ kind, code, reference }: PartnerName) => `${kind}#${code}#${reference}`;
