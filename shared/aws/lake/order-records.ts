import { createHash } from 'node:crypto';
import type { Fact } from '../../../events/all-events.ts';
import type { CallbackKind } from '../../../events/callback.ts';
import type { OtherRecordData } from '../../../events/lake-records.ts';
import { defined } from '../../kernel/defined.ts';
import type { Instant } from '../../kernel/time.ts';
import { type LakeRecord, type OtherRecord, recordOf, recordOfFact } from '../../lake/index.ts';
import type { CallIdentity, Journal } from '../../timeline/index.ts';
import { unpack } from '../pack.ts';
import type { Image } from '../relay/image.ts';

interface Step {
  readonly facts: readonly Fact[];
  readonly journals?: readonly Journal[];
  readonly call?: CallIdentity;
}

/**
 * The records of the facts of one step, each with its journal, and of the call that led to them. The facts were checked
 * when they were written, so they are not checked again. The personal fields are another attribute of the item, which
 * is not read. Throws on an item that is no step.
 */
export function stepRecords({ facts = '' }: Image): LakeRecord[] {
  const step = unpack(Buffer.from(facts, 'base64')) as Step;
  const [first] = step.facts;
  if (first === undefined) throw new Error('a step has a fact');
  const journals = new Map(step.journals?.map((journal) => [journal.factSequence, journal]));
  return [
    ...step.facts.map((fact) => recordOfFact(fact, journals.get(fact.sequence))),
    ...(step.call === undefined
      ? []
      : [callbackRecord(step.call, 'acted', { at: first.recordedAt, orderId: first.orderId })]),
  ];
}

/** The beginning of the list of an order's calls. */
const CALLS = 'CALLS#';

/** The record of a call that is an item of its own: its text, if it has one, is not read. */
export function keptCallRecord(image: Image, at: Instant): LakeRecord {
  const { kind, code = '', callbackId = '', rawBody, listKey = '', recordedAt = at } = image;
  const call = { kind: kind as CallbackKind, code, callbackId };
  const orderId = listKey.startsWith(CALLS) ? listKey.slice(CALLS.length) : undefined;
  return callbackRecord(call, rawBody === undefined ? 'ignored' : 'kept', { at: recordedAt, orderId });
}

function callbackRecord(
  { kind, code, callbackId }: CallIdentity,
  outcome: OtherRecordData<'callback.received'>['outcome'],
  { at, orderId }: { readonly at: Instant; readonly orderId: string | undefined },
): OtherRecord {
  const id = stableId('callback', kind, code, callbackId, outcome, orderId ?? '');
  const data = { kind, code, callbackId, outcome, ...defined({ orderId }) };
  return recordOf('callback.received', { id, occurredAt: at, recordedAt: at }, data);
}

/** An id made of what the record is about: the same whenever that is read again, and short. */
export const stableId = (kind: string, ...parts: readonly string[]): string =>
  `${kind}:${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32)}`;
