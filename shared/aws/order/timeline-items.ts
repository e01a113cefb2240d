import { type Fact, type FactName, factVersion, parseFact } from '../../../events/all-events.ts';
import type { Cause } from '../../../events/envelope.ts';
import { type PersonalValue, withoutPersonal, withPersonal } from '../../../events/personal-fields.ts';
import type { NewId } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';
import type {
  Consequences,
  Decided,
  Journal,
  KeptCall,
  OrderHead,
  PartnerCall,
  Reference,
  TaxEntry,
} from '../../timeline/index.ts';
import { createKnownReads } from '../known-reads.ts';
import { pack, unpack } from '../pack.ts';
import { packCall } from '../pack-calls.ts';
import { dueShard, keys, listKey, taxPlace } from '../table.ts';

/**
 * Puts decided facts in their envelopes, numbered from `from`. Throws a ZodError on a fact that does not fit its
 * schema: once written, it would prevent the order from being loaded.
 */
export function enveloped(
  facts: readonly Decided[],
  {
    orderId,
    from,
    cause,
    now,
    newId,
  }: { orderId: string; from: number; cause: Cause; now: Instant; newId: NewId },
): Fact[] {
  return facts.map((fact, index) => {
    const { occurredAt = now, name, data } = fact;
    return parseFact({
      id: newId('fact', new Date(now)),
      orderId,
      sequence: from + index + 1,
      occurredAt,
      recordedAt: now,
      cause,
      name,
      version: factVersion(name),
      data,
    });
  });
}

/** Whether the relay gets a fact of that name. */
export type IsPublished = (name: FactName) => boolean;

/** What a step appends to a timeline. */
export interface Step {
  readonly facts: readonly [Fact, ...Fact[]];
  readonly journals: readonly Journal[];
  /** What the facts add to tax returns. */
  readonly taxEntries: readonly TaxEntry[];
  /** The partner's call that led to the facts, if it is kept with them. */
  readonly call?: PartnerCall | undefined;
  /** Whether the order was erased before: then nothing personal is written any more. */
  readonly isErased?: boolean;
}

/**
 * The item of the facts that one step appends, with their journals, and with the call that led to them. The text of
 * the call is an attribute of its own, which nobody reads who loads the timeline. So are the personal fields of the
 * facts: the relay does not read them, and the erasure removes the attribute. So are the entries of tax returns, which
 * an index leads to. `outbox` names the facts for the relay; without one the stream does not hand the item on.
 */
export function factItem(
  { facts, journals, taxEntries, call, isErased = false }: Step,
  isPublished: IsPublished,
): Record<string, unknown> {
  const [first] = facts;
  const outgoing = new Set(facts.map(({ name }) => name).filter(isPublished));
  const { facts: open, personal } = withoutPersonal(facts);
  const packed = {
    facts: open,
    ...(journals.length === 0 ? {} : { journals }),
    ...(call === undefined ? {} : { call: identityOf(call) }),
  };
  return {
    ...keys.fact(first.orderId, first.sequence),
    facts: pack(packed),
    ...(personal.length === 0 || isErased ? {} : { personal: pack(personal) }),
    ...(outgoing.size === 0 ? {} : { outbox: [...outgoing].join(' ') }),
    ...(taxEntries.length === 0
      ? {}
      : { ...taxPlace(first.orderId, first.recordedAt), taxEntries: pack(taxEntries) }),
    ...(call === undefined || isErased ? {} : { call: packCall(call.kind, call.rawBody) }),
  };
}

const identityOf = ({ kind, code, callbackId, deliveryId }: KeptCall): KeptCall => ({
  ...{ kind, code, callbackId, deliveryId },
});

/** The facts of one step, as they were written, their journals, and the call that led to them. */
export interface StoredStep {
  readonly facts: readonly Fact[];
  readonly journals: readonly Journal[];
  readonly call?: KeptCall;
}

/**
 * Reads an item of facts, or some of them; throws a ZodError when one of these does not fit its schema. The facts have
 * their personal fields where the item has the attribute with them.
 */
export function readFactItem(item: Record<string, unknown>, only?: ReadonlySet<string>): StoredStep {
  if (only === undefined) return knownSteps.get(bytesOf(item), () => readStep(item, () => true));
  return readStep(item, ({ name }) => only.has(name));
}

/** The bytes from which a step is read. */
const bytesOf = ({ facts, personal }: Record<string, unknown>): unknown =>
  facts instanceof Uint8Array && personal instanceof Uint8Array ? Buffer.concat([facts, personal]) : facts;

const knownSteps = createKnownReads<StoredStep>();

function readStep(item: Record<string, unknown>, isWanted: (fact: Fact) => boolean): StoredStep {
  const { facts, journals = [], call } = unpack(item.facts) as Partial<StoredStep> & { facts: Fact[] };
  const personal = item.personal === undefined ? [] : (unpack(item.personal) as PersonalValue[]);
  return {
    facts: withPersonal(facts.filter(isWanted), personal).map(parseFact),
    journals,
    ...(call === undefined ? {} : { call }),
  };
}

/** Nobody else wrote facts with this number: the condition that makes the item's key the lock of the timeline. */
export const NOT_YET_WRITTEN = 'attribute_not_exists(pk)';

export const referenceItem = ({ kind, code, reference, orderId, parcelId }: Reference) => ({
  ...keys.reference(kind, code, reference),
  orderId,
  parcelId,
});

/** The head's places in the indexes; those of the due index are absent when the order has no deadline. */
export function headAttributes(orderId: string, head: OrderHead): Record<string, unknown> {
  return {
    storefrontId: head.storefrontId,
    placedAt: head.placedAt,
    listKey: listKey(head.list, orderId),
    listSort: `${head.placedAt}#${orderId}`,
    ...(head.dueAt === undefined ? {} : { dueShard: dueShard(orderId), dueAt: head.dueAt }),
  };
}

/** The consequences of facts that change items beside the item of the facts. */
export const movesOthers = ({ stock, freedSlots }: Consequences) => stock.length > 0 || freedSlots.length > 0;
