import * as z from 'zod';
import type { Fact } from '../../events/all-events.ts';
import type { TrackingStatus } from '../../events/parcel.ts';
import { defined } from '../kernel/defined.ts';
import { type Instant, instantSchema } from '../kernel/time.ts';
import { countMoney, type Debts, payBack } from './attention-debts.ts';
import { asksAnew, type Disputes, settlesDispute } from './attention-disputes.ts';
import {
  A_PERSON,
  DESCRIBING,
  DISPUTED,
  ENDS,
  EVIDENCE_DUE,
  EVIDENCE_MISSED,
  EXCEPTION,
  FREIGHT_DISPUTED,
  INSTALMENT_UNPAID,
  INTENT_REFUND_FAILED,
  REFUND_BY_HAND,
  REFUND_FAILED,
  type ReasonRule,
  ruleOfReason,
  SCREENING,
  SENT_UNPAID,
  subjectOf,
  WITHDRAWN,
} from './attention-reasons.ts';
import { isSentUnpaid } from './captures-due.ts';
import { piecesOf } from './pieces.ts';

export const attentionSchema = z
  .strictObject({
    /** A code, or `late: ` and `blocked: ` with what the order waits for. */
    reason: z.string(),
    /** The parcel that it concerns; absent where it concerns the whole order. */
    parcelId: z.string().optional(),
    /** The carton that it concerns, if the parcel has several. */
    trackingNumber: z.string().optional(),
    /** The label that it concerns, by the carrier's name of it. */
    carrierShipmentId: z.string().optional(),
    /** The dispatch order that it concerns. */
    dispatchId: z.string().optional(),
    since: instantSchema,
    /** Whether the order is held for it. Release the order to end it; acknowledge any other reason. */
    stops: z.boolean(),
  })
  .meta({ id: 'Attention', description: 'Why a person has to look at the order' });

/** One reason why a person has to look at the order. */
export type Attention = z.infer<typeof attentionSchema>;

/** Names a reason of an order. */
export type AttentionKey = Omit<Attention, 'since' | 'stops'>;

type EndedBy = 'fact' | 'release' | 'acknowledgement' | 'order-end';

/** A reason with its history: open until something has ended it. */
export interface ReasonState extends AttentionKey {
  readonly since: Instant;
  readonly sequence: number;
  readonly rule: ReasonRule;
  readonly endedBy?: EndedBy;
  /** Of a late or blocked step: what the order waits for. */
  readonly waitingFor?: string;
  /** Of a wait for a person: whether no other reason stopped the order. */
  readonly isStranded?: boolean;
  /** Of a failed refund: the amount that the shopper has not got yet, in minor units. */
  readonly owed?: number;
  /** Of an exception: the time of the scan. */
  readonly scannedAt?: Instant;
  /** Of a refund that a person makes. */
  readonly refundId?: string;
  /** Of a disputed line of an invoice. */
  readonly line?: string;
  /** Of a dispute: the provider's number of it. */
  readonly dispute?: string;
}

interface Fold extends Debts<ReasonState>, Disputes {
  /** The newest scan of each carton. */
  readonly scans: Map<string, Instant>;
  /** The labels that bookings named, by the carrier's names. */
  readonly labels: Set<string>;
  hasEnded: boolean;
}

const TROUBLE: ReadonlySet<TrackingStatus> = new Set(['exception', 'lost', 'returning', 'returned']);
const LATE = 'late: ';
const BLOCKED = 'blocked: ';

/** Why a person has to look at the order: the reasons that nothing has ended, oldest first. Empty: nobody has to. */
export function attentionOf(facts: readonly Fact[]): Attention[] {
  const { reasons, hasEnded } = foldReasons(facts);
  const open = reasons.filter(({ endedBy }) => endedBy === undefined);
  return open
    .filter((reason, index) => open.findIndex((other) => isSameReason(other, reason)) === index)
    .map(({ since, rule, ...reason }) => ({
      ...keyOf(reason),
      since,
      stops: rule.stops && !hasEnded,
    }));
}

/** The latest state of a reason, whether or not it has ended; undefined if the order never had it. */
export function reasonState(facts: readonly Fact[], key: AttentionKey): ReasonState | undefined {
  return foldReasons(facts).reasons.findLast((reason) => isSameReason(reason, key));
}

/** Whether both name the same reason of an order. */
export const isSameReason = (a: AttentionKey, b: AttentionKey): boolean =>
  a.reason === b.reason &&
  a.parcelId === b.parcelId &&
  a.trackingNumber === b.trackingNumber &&
  a.carrierShipmentId === b.carrierShipmentId &&
  a.dispatchId === b.dispatchId;

/** What names the reason, without the members that are not defined. */
export function keyOf(of: AttentionKey): AttentionKey {
  const { reason, parcelId, trackingNumber, carrierShipmentId, dispatchId } = of;
  return { reason, ...defined({ parcelId, trackingNumber, carrierShipmentId, dispatchId }) };
}

function foldReasons(facts: readonly Fact[]): Fold {
  const fold: Fold = {
    ...{ reasons: [], refunds: new Map(), kept: 0, paid: new Map() },
    ...{ scans: new Map(), labels: new Set(), disputes: new Map(), toGo: new Set(), hasEnded: false },
  };
  for (const [index, fact] of facts.entries()) {
    endWhatItSettles(fold, fact);
    remember(fold, fact);
    const raised = raisedBy(fold, fact, () => facts.slice(0, index + 1));
    fold.reasons = [...fold.reasons, ...raised];
    if (fact.name === 'payment.disputed') fold.disputes.set(fact.data.providerReference, fact.data);
    endWaitsForAPerson(fold);
  }
  return fold;
}

function end(fold: Fold, by: EndedBy, does: (reason: ReasonState) => boolean): void {
  fold.reasons = fold.reasons.map((reason) =>
    reason.endedBy === undefined && does(reason) ? { ...reason, endedBy: by } : reason,
  );
}

function endWhatItSettles(fold: Fold, fact: Fact): void {
  if (fact.name === 'screening.released' && fact.data.by === 'operator')
    end(fold, 'release', ({ rule }) => rule.stops);
  if (fact.name === 'order.attention_cleared')
    end(fold, 'acknowledgement', (reason) => isSameReason(reason, fact.data));
  countMoney(fold, fact);
  if (fact.name === 'refund.paid') payBack(fold, fact.data);
  if (fact.name === 'parcel.dispatched' || fact.name === 'parcel.closed')
    fold.toGo.delete(fact.data.parcelId);
  end(fold, 'fact', (reason) => settles(fold, fact, reason));
  if (ENDS.has(fact.name)) end(fold, 'order-end', ({ rule }) => !rule.outlivesOrder);
}

function remember(fold: Fold, fact: Fact): void {
  if (ENDS.has(fact.name)) fold.hasEnded = true;
  if (fact.name === 'order.placed') for (const { parcelId } of fact.data.parcels) fold.toGo.add(parcelId);
  if (fact.name === 'refund.requested') {
    const { refundId, amount } = fact.data;
    fold.refunds.set(refundId, { amount: amount.amount, sequence: fact.sequence });
  }
  if (fact.name === 'parcel.booked')
    for (const { carrierShipmentId } of piecesOf(fact.data)) fold.labels.add(carrierShipmentId);
  if (fact.name === 'parcel.scanned') {
    const before = fold.scans.get(cartonOf(fact.data)) ?? '';
    if (fact.data.scannedAt > before) fold.scans.set(cartonOf(fact.data), fact.data.scannedAt);
  }
}

const cartonOf = ({ parcelId, trackingNumber }: Omit<AttentionKey, 'reason'>) =>
  `${parcelId ?? ''}#${trackingNumber ?? ''}`;

/** Whether the fact settles the reason, by the tables. */
function settles(fold: Fold, fact: Fact, reason: ReasonState): boolean {
  if (reason.waitingFor !== undefined) return endsWait(fact, reason, reason.waitingFor);
  if (reason.refundId !== undefined)
    return fact.name === 'refund.paid' && fact.data.refundId === reason.refundId;
  if (reason.dispute !== undefined) return settlesDispute(fold, fact, reason);
  if (reason.line !== undefined)
    return fact.name === 'freight.dispute_settled' && lineOf(fact) === reason.line;
  if (fact.name === 'parcel.scanned') return recovers(fact, reason);
  // The fact is about the labels that a booking named. One that no fact names is dealt with by a person.
  const label = reason.carrierShipmentId;
  if (fact.name === 'parcel.label_voided' && label !== undefined && !fold.labels.has(label)) return false;
  return reason.rule.settledBy.includes(fact.name) && concerns(fact, reason.parcelId);
}

/** A fact that names a parcel concerns only that parcel; a reason without one is concerned by every fact. */
const concerns = ({ data }: Fact, parcelId: string | undefined): boolean =>
  parcelId === undefined || ('parcelId' in data && data.parcelId === parcelId);

/** A newer scan of the same carton shows that an exception is over. */
const recovers = ({ data }: Fact<'parcel.scanned'>, reason: ReasonState): boolean =>
  reason.scannedAt !== undefined &&
  cartonOf(data) === cartonOf(reason) &&
  data.scannedAt > reason.scannedAt &&
  !TROUBLE.has(data.status);

function endsWait(fact: Fact, { reason, parcelId, isStranded }: ReasonState, waitingFor: string): boolean {
  if (DESCRIBING.has(fact.name) || !concerns(fact, parcelId)) return false;
  if (waitingFor === A_PERSON) return isStranded === true;
  const subject = subjectOf(waitingFor);
  if (subject === undefined) return true;
  if (fact.name === 'parcel.closed') return parcelId !== undefined;
  if (subject.work.includes(fact.name)) return true;
  // A late parcel that moved on is not late any more. A partner that can't be asked stays so until it has worked.
  return reason.startsWith(LATE) && (parcelId !== undefined || (subject.ours ?? []).includes(fact.name));
}

/** Nobody is waited for once nothing stops the order any more. */
function endWaitsForAPerson(fold: Fold): void {
  if (isStopped(fold)) return;
  end(fold, 'fact', ({ waitingFor, isStranded }) => waitingFor === A_PERSON && isStranded !== true);
}

const isStopped = ({ reasons }: Fold): boolean =>
  reasons.some(({ endedBy, rule }) => endedBy === undefined && rule.stops);

/** The reasons that the fact gives. */
function raisedBy(fold: Fold, fact: Fact, soFar: () => readonly Fact[]): ReasonState[] {
  const raise = (key: AttentionKey, more: Partial<ReasonState> = {}): ReasonState => ({
    ...key,
    since: fact.recordedAt,
    sequence: fact.sequence,
    rule: ruleOfReason(key.reason),
    ...more,
  });
  switch (fact.name) {
    case 'screening.held':
      return [raise({ reason: SCREENING })];
    case 'order.held': {
      const scannedAt = fact.data.reason === EXCEPTION ? fold.scans.get(cartonOf(fact.data)) : undefined;
      return [raise(fact.data, defined({ scannedAt }))];
    }
    case 'refund.failed':
      return [raise({ reason: REFUND_FAILED }, { owed: fold.refunds.get(fact.data.refundId)?.amount ?? 0 })];
    case 'refund.requested':
      if (fact.data.by === undefined) return [];
      return [raise({ reason: REFUND_BY_HAND }, { refundId: fact.data.refundId })];
    case 'payment.instalment_failed':
      return fact.data.retryAt === undefined ? [raise({ reason: INSTALMENT_UNPAID })] : [];
    case 'intent.refund_failed':
      return [raise({ reason: INTENT_REFUND_FAILED })];
    case 'payment.disputed': {
      const { status, withdrawn, providerReference: dispute } = fact.data;
      const isAsked = status === 'opened' || status === 'evidence-due';
      const isMissed =
        withdrawn.amount > (fold.disputes.get(dispute)?.withdrawn.amount ?? 0) &&
        fold.toGo.size > 0 &&
        !fold.hasEnded;
      return [
        ...(isAsked && asksAnew(fold, fact.data) ? [raise({ reason: DISPUTED }, { dispute })] : []),
        ...(isMissed ? [raise({ reason: WITHDRAWN }, { dispute })] : []),
      ];
    }
    case 'evidence.reminded':
      return [raise({ reason: EVIDENCE_DUE }, { dispute: fact.data.providerReference })];
    case 'evidence.missed':
      return [raise({ reason: EVIDENCE_MISSED }, { dispute: fact.data.providerReference })];
    case 'payment.voided':
    case 'parcel.dispatched':
      return isSentUnpaid(soFar()) ? [raise({ reason: SENT_UNPAID })] : [];
    case 'freight.invoiced': {
      const { parcelId, trackingNumber, status } = fact.data;
      const key = { reason: FREIGHT_DISPUTED, parcelId, ...defined({ trackingNumber }) };
      return status === 'disputed' ? [raise(key, { line: lineOf(fact) })] : [];
    }
    case 'order.overdue':
      return overdue(fold, fact).map((key) => raise(key, { ...waitOf(fact), isStranded: !isStopped(fold) }));
    default:
      return [];
  }
}

function lineOf({ data }: Fact<'freight.invoiced' | 'freight.dispute_settled'>): string {
  return [data.carrier, data.invoiceNumber, data.parcelId, data.trackingNumber ?? ''].join('#');
}

/** A step that is late or blocked. What blocks it replaces that it is late. */
function overdue(fold: Fold, { data }: Fact<'order.overdue'>): AttentionKey[] {
  const { waitingFor, parcelId, reason } = data;
  const isSameStep = (other: ReasonState) =>
    other.endedBy === undefined && other.waitingFor === waitingFor && other.parcelId === parcelId;
  const known = fold.reasons.filter(isSameStep);
  const text = reason === undefined ? `${LATE}${waitingFor}` : `${BLOCKED}${reason}`;
  if (known.some((other) => other.reason === text)) return [];
  if (reason === undefined && known.length > 0) return [];
  end(fold, 'fact', (other) => isSameStep(other) && other.reason.startsWith(LATE));
  return [{ reason: text, ...defined({ parcelId }) }];
}

function waitOf({ data: { waitingFor } }: Fact<'order.overdue'>): Pick<ReasonState, 'waitingFor' | 'rule'> {
  const outlivesOrder = subjectOf(waitingFor)?.outlivesOrder ?? false;
  return { waitingFor, rule: { stops: false, settledBy: [], outlivesOrder } };
}
