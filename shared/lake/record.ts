import * as z from 'zod';
import { type Fact, type FactName, factDefinitions } from '../../events/all-events.ts';
import {
  type OtherRecordData,
  type OtherRecordName,
  otherRecordDefinitions,
} from '../../events/lake-records.ts';
import { withoutPersonal } from '../../events/personal-fields.ts';
import { currencySchema } from '../kernel/currency.ts';
import { idSchema } from '../kernel/ids.ts';
import { instantSchema } from '../kernel/time.ts';
import type { Journal } from '../timeline/index.ts';
import { inCurrentVersion, type Upcasts, upcasts } from './older-versions.ts';

/** The journal that a fact booked. A positive posting is a debit. */
const journalSchema = z.strictObject({
  description: z.string(),
  postings: z
    .array(z.strictObject({ account: z.string(), amountMinor: z.int(), currency: currencySchema }))
    .min(1),
});

/** What every record has, whatever its name and version. Later versions may have more. */
const envelopeSchema = z.looseObject({
  /** The same whenever the record comes again: of records with one id, one counts. */
  id: z.string().min(1).max(1_000),
  name: z.string().min(1),
  version: z.int().min(1),
  /** When it happened, UTC. */
  occurredAt: instantSchema,
  /** When we wrote it down, UTC. */
  recordedAt: instantSchema,
  /** Of facts of orders. */
  orderId: idSchema('order').optional(),
  sequence: z.int().min(1).optional(),
  /** Who caused a fact: only the kind. The name of an operator stays in the table. */
  by: z.enum(['shopper', 'merchant', 'operator', 'partner', 'clock', 'journey']).optional(),
  /** Where the data names it. Other facts of an order have the storefront of its `order.placed`. */
  storefrontId: z.string().optional(),
  data: z.record(z.string(), z.unknown()),
  /** What the fact booked in the ledger. */
  journal: journalSchema.optional(),
});

/** A record whose name or version may be unknown here. */
export type AnyRecord = z.infer<typeof envelopeSchema>;

type Common = Pick<AnyRecord, 'id' | 'version' | 'occurredAt' | 'recordedAt' | 'storefrontId'>;

/** A fact of an order, as events have it: without personal fields. */
export type FactRecord<Name extends FactName = FactName> = {
  [N in Name]: Common & {
    readonly name: N;
    readonly orderId: string;
    readonly sequence: number;
    readonly by: Fact['cause']['by'];
    readonly data: Fact<N>['data'];
    readonly journal?: z.infer<typeof journalSchema>;
  };
}[Name];

/** What the lake keeps besides the facts of orders. */
export type OtherRecord<Name extends OtherRecordName = OtherRecordName> = {
  [N in Name]: Common & { readonly name: N; readonly data: OtherRecordData<N> };
}[Name];

/** One line of the lake. */
export type LakeRecord = FactRecord | OtherRecord;

/** What a line of the lake is. */
export type ReadLine =
  | { readonly kind: 'known'; readonly record: LakeRecord }
  /** A record of a name or version that is unknown here, or whose data does not fit: to be counted, and kept. */
  | { readonly kind: 'unknown'; readonly record: AnyRecord; readonly reason: string }
  /** No record at all, such as a half-written line. */
  | { readonly kind: 'broken'; readonly reason: string };

interface KnownDefinition {
  readonly version: number;
  readonly data: z.ZodType;
  readonly isFact: boolean;
}

const definitions = new Map<string, KnownDefinition>([
  ...factDefinitions.map(({ name, version, data }) => [name, { version, data, isFact: true }] as const),
  ...otherRecordDefinitions.map(
    ({ name, version, data }) => [name, { version, data, isFact: false }] as const,
  ),
]);

/**
 * The record of a fact, with the journal that it booked. Personal fields are taken out of the fact's data whether or
 * not it has them, and of its cause only the kind stays.
 */
export function recordOfFact(fact: Fact, journal?: Journal): FactRecord {
  const [open = fact] = withoutPersonal([fact]).facts;
  const { id, name, version, occurredAt, recordedAt, orderId, sequence, cause, data } = open;
  return {
    ...{ id, name, version, occurredAt, recordedAt, orderId, sequence, by: cause.by },
    ...('storefrontId' in data ? { storefrontId: data.storefrontId } : {}),
    data,
    ...(journal === undefined ? {} : { journal: bookedIn(journal) }),
  } as FactRecord;
}

const bookedIn = ({ description, postings }: Journal) => ({
  description,
  postings: postings.map(({ account, amount }) => ({ account, ...amount })),
});

/** A record of something that is no fact of an order. Throws a ZodError where the data does not fit its schema. */
export function recordOf<Name extends OtherRecordName>(
  name: Name,
  { id, occurredAt, recordedAt }: Pick<AnyRecord, 'id' | 'occurredAt' | 'recordedAt'>,
  data: OtherRecordData<Name>,
): OtherRecord<Name> {
  const definition = definitions.get(name);
  if (definition === undefined) throw new Error(`${name} has no schema`);
  const checked = definition.data.parse(data) as OtherRecordData<Name>;
  return {
    ...{ id, name, version: definition.version, occurredAt, recordedAt },
    ...('storefrontId' in checked ? { storefrontId: checked.storefrontId } : {}),
    data: checked,
  } as unknown as OtherRecord<Name>;
}

/** The line of a record, without its line break. JSON escapes the line breaks of texts. */
export const writeRecord = (record: LakeRecord): string => JSON.stringify(record);

/** The names and versions that can be read, and the steps from older versions to them. */
export interface KnownVersions {
  readonly definitions: ReadonlyMap<string, KnownDefinition>;
  readonly upcasts: Upcasts;
}

/**
 * Reads a line that {@link writeRecord}, or another version of it, wrote. The data are in the current version; the
 * record keeps the number of the version in which it was written. Never throws.
 */
export function readRecord(line: string, known: KnownVersions = { definitions, upcasts }): ReadLine {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { kind: 'broken', reason: 'no JSON' };
  }
  const envelope = envelopeSchema.safeParse(value);
  if (!envelope.success) return { kind: 'broken', reason: problemOf(envelope.error) };
  const record = envelope.data;
  const definition = known.definitions.get(record.name);
  if (definition === undefined) return { kind: 'unknown', record, reason: 'unknown name' };
  const current = inCurrentVersion(record, definition.version, known.upcasts);
  if (current === undefined) return { kind: 'unknown', record, reason: 'unknown version' };
  if (definition.isFact && (record.orderId === undefined || record.sequence === undefined))
    return { kind: 'unknown', record, reason: 'a fact without its order' };
  const data = definition.data.safeParse(current);
  if (!data.success) return { kind: 'unknown', record, reason: problemOf(data.error) };
  return { kind: 'known', record: { ...record, data: data.data } as unknown as LakeRecord };
}

/** The first field at fault, by its path, and no value. */
function problemOf({ issues: [first] }: z.ZodError): string {
  return first === undefined ? 'no record' : `/${first.path.join('/')}: ${first.code}`;
}
