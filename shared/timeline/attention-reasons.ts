import type { FactName } from '../../events/all-events.ts';

/** How a reason for attention behaves, and what ends it. */
export interface ReasonRule {
  /** Whether the order is `held` for it. A release ends such a reason; a person acknowledges every other one. */
  readonly stops: boolean;
  /** The facts that settle it. Where the reason concerns a parcel, only those of that parcel. */
  readonly settledBy: readonly FactName[];
  /** Whether it still matters after the order has ended. */
  readonly outlivesOrder: boolean;
}

export const SCREENING = 'screening';
export const REFUND_FAILED = 'refund failed';
export const REFUND_BY_HAND = 'refund by hand';
export const DISPUTED = 'payment disputed';
export const EVIDENCE_DUE = 'evidence due soon';
export const EVIDENCE_MISSED = 'evidence not submitted';
export const CAPTURE_FAILED = 'capture-failed';
export const REFUND_STUCK = 'refund stuck at the provider';
export const REFUNDED_AFTER_FAILURE = 'refund paid after it failed';
export const INTENT_REFUND_FAILED = 'second payment not returned';
export const INTENT_DISPUTED = 'second payment disputed';
export const WITHDRAWN = 'payment-withdrawn';
export const SENT_UNPAID = 'sent-unpaid';
export const INSTALMENT_UNPAID = 'instalment-unpaid';
export const FREIGHT_DISPUTED = 'freight-disputed';
export const EXCEPTION = 'parcel-exception';

const left = ['parcel.dispatched', 'parcel.closed'] as const;
const arrived = ['parcel.delivered', 'parcel.closed'] as const;
const cleared = ['declaration.released', 'parcel.cleared', 'parcel.closed'] as const;

const stops = (...settledBy: readonly FactName[]): ReasonRule => ({
  stops: true,
  settledBy,
  outlivesOrder: false,
});
const stays = (...settledBy: readonly FactName[]): ReasonRule => ({
  stops: false,
  settledBy,
  outlivesOrder: true,
});

/**
 * THE TABLE of reasons why a person has to look, each with the facts that settle it. Nothing else ends a reason but a
 * person: a release ends those that stop the order, an acknowledgement the others. The end of the order ends those that
 * do not outlive it.
 */
const REASONS: Readonly<Record<string, ReasonRule>> = {
  // The money.
  'amount-differs': stops(),
  'payment-voided': stops(),
  // Goods have left, and what would pay for them is gone. A person gets the money another way, or writes it off.
  [SENT_UNPAID]: stays('payment.captured'),
  // An instalment was declined as often as the plan allows. A person gets the money another way, or a refund lowers it.
  [INSTALMENT_UNPAID]: stays('order.cancelled', 'order.expired'),
  // The provider took another amount than the price of what left: it matters also after the delivery.
  'capture-differs': { ...stops(), outlivesOrder: true },
  // The provider reported a capture, and it failed afterwards. Settled if the provider takes it again by itself.
  [CAPTURE_FAILED]: { ...stops('payment.captured'), outlivesOrder: true },
  'not-authenticated': stops('payment.captured'),
  // Settled by the next word about the same dispute.
  [DISPUTED]: stays('payment.disputed', 'evidence.submitted'),
  // Settled by the submission of the evidence, by the end of its time, or by the next word.
  [EVIDENCE_DUE]: stays('payment.disputed', 'evidence.submitted', 'evidence.missed'),
  [EVIDENCE_MISSED]: stays('payment.disputed', 'evidence.submitted'),
  // A person compares the provider's settlement with the ledger, and acknowledges it.
  'settlement-differs': stays(),
  // A dispute took money of goods that are still to be sent. Settled once it gave all of it back, or nothing is to go.
  [WITHDRAWN]: stops('payment.disputed', ...left),
  // Settled by a later refund of the same money, which the fold adds up.
  [REFUND_FAILED]: stays(),
  // Settled by the confirmation of that refund.
  [REFUND_BY_HAND]: stays(),
  // The shopper's bank did not take it, and the provider waits for the merchant. Settled by its end.
  [REFUND_STUCK]: stays('refund.paid', 'refund.failed', 'intent.refunded', 'intent.refund_failed'),
  // The money went, and the ledger has it as failed. A person compares both, and acknowledges it.
  [REFUNDED_AFTER_FAILURE]: stays(),
  // The money of an intent that does not pay the order. A person returns it outside.
  [INTENT_REFUND_FAILED]: stays(),
  [INTENT_DISPUTED]: stays(),
  // The check of the order.
  [SCREENING]: stops('screening.refused'),
  // The label.
  'booking-refused': stops('parcel.booked', 'parcel.closed'),
  'label-not-voided': stays('parcel.label_voided'),
  // Customs.
  'customs-documents-wanted': stops(...cleared),
  'customs-inspection': stops(...cleared),
  'customs-detained': stops(...cleared),
  'customs-refused': stops(...cleared),
  'customs-invalidated': stops(...cleared),
  'declaration-released': stays('declaration.invalidated'),
  // The warehouse.
  'stock-short': stops('parcel.packed', ...left),
  'warehouse-cancelled': stops('parcel.packed', ...left),
  'partly-stopped': stops(...left),
  'handed-over-after-stop': { ...stops(...arrived), outlivesOrder: true },
  'handed-over-twice': stays(),
  // The carrier. A later scan of the carton without trouble settles an exception too.
  [EXCEPTION]: stops(...arrived),
  'parcel-lost': stops(...arrived),
  'parcel-returning': stops(...arrived),
  'parcel-returned': stops(...arrived),
  'delivered-after-closing': stays(),
  'returned-after-closing': stays(),
  // Settled by the settlement of the invoice's line.
  [FREIGHT_DISPUTED]: stays('freight.dispute_settled'),
};

/** Reasons whose text goes on with what it is about. */
const FAMILIES: readonly (readonly [string, ReasonRule])[] = [
  ['declaration-incomplete: ', stops('declaration.filed', ...cleared)],
];

/** The rule of a reason. A reason that has no row stops the order until its parcel ends or somebody releases it. */
export function ruleOfReason(reason: string): ReasonRule {
  const family = FAMILIES.find(([prefix]) => reason.startsWith(prefix));
  return REASONS[reason] ?? family?.[1] ?? stops(...arrived);
}

interface Subject {
  /** The partner's work for the subject. It ends a `late:` and a `blocked:` reason. */
  readonly work: readonly FactName[];
  /** Our own steps, which only show that the subject moved: they end a `late:` reason. */
  readonly ours?: readonly FactName[];
  /** Whether it still matters after the order has ended. */
  readonly outlivesOrder?: true;
}

const payment = [
  'payment.started',
  'payment.moved',
  'payment.authorised',
  'payment.captured',
  'payment.failed',
  'payment.voided',
] as const;
const screening = ['screening.released', 'screening.held', 'screening.refused'] as const;
const declaration = [
  'declaration.filed',
  'declaration.accepted',
  'declaration.queried',
  'declaration.released',
  'declaration.refused',
  'declaration.invalidated',
] as const;
const warehouse = [
  'dispatch.accepted',
  'dispatch.short',
  'dispatch.cancelled',
  'parcel.packed',
  'parcel.dispatched',
] as const;

/** The erasure of an order's personal data that somebody asked for, as a deadline names it. */
export const ERASURE = 'the erasure of personal data';

/** An intent that was left and is not void, or whose money is not back, as a deadline names it. */
export const EARLIER_INTENT = 'the earlier intent to be settled';

/** The second request for the evidence of a dispute, or the record that its time has passed, as a deadline names it. */
export const EVIDENCE = 'the evidence for a dispute';

/** An authorisation of which nothing more will be captured, as a deadline names it. */
export const RELEASE_OF_REST = 'the release of the rest';

/** What an order can wait for, in the words of its deadlines, with the facts that end the wait. */
const SUBJECTS: Readonly<Record<string, Subject>> = {
  'the payment': { work: payment },
  'the screening': { work: screening },
  'the capture': { work: ['payment.captured', 'payment.voided'] },
  [RELEASE_OF_REST]: { work: ['payment.voided', 'payment.captured'], outlivesOrder: true },
  'the instalment': {
    work: ['payment.captured', 'payment.instalment_failed', 'payment.voided'],
    outlivesOrder: true,
  },
  'the label': { work: ['parcel.booked'] },
  customs: { work: declaration, ours: ['parcel.cleared'] },
  'the dispatch order': { work: warehouse, ours: ['dispatch.requested'] },
  'the warehouse': { work: warehouse },
  "the warehouse's answer": { work: warehouse, ours: ['order.cancellation_refused', 'order.cancelled'] },
  'the next scan': { work: ['parcel.scanned', 'parcel.delivered'] },
  'the label to be voided': { work: ['parcel.label_voided'], outlivesOrder: true },
  'the declaration to be withdrawn': {
    work: ['declaration.invalidated', 'parcel.undeclared'],
    outlivesOrder: true,
  },
  'the dispatch order to be cancelled': { work: ['dispatch.cancelled'], outlivesOrder: true },
  'the money to go back': {
    work: ['refund.paid', 'refund.failed', 'payment.voided'],
    outlivesOrder: true,
  },
  [EARLIER_INTENT]: {
    work: ['intent.voided', 'intent.captured', 'intent.refunded', 'intent.refund_failed', 'intent.disputed'],
    outlivesOrder: true,
  },
  [EVIDENCE]: {
    work: ['payment.disputed', 'evidence.reminded', 'evidence.submitted', 'evidence.missed'],
    outlivesOrder: true,
  },
  [ERASURE]: { work: ['order.erased'], outlivesOrder: true },
};

/**
 * What the order waits for when only a person can act. Such a reason lasts as long as one that stops the order. Where
 * none stops it, nothing moves the order, and the reason lasts until something does.
 */
export const A_PERSON = 'a person';

/** The subject of a late or blocked step; undefined for one that the table does not name. */
export const subjectOf = (waitingFor: string): Subject | undefined => SUBJECTS[waitingFor];

/** Facts that describe a parcel or an order and move neither of them. */
export const DESCRIBING: ReadonlySet<FactName> = new Set<FactName>([
  'order.held',
  'order.overdue',
  'order.attention_cleared',
  'order.erasure_requested',
  'order.erased',
  'parcel.promise_broken',
  'refund.requested',
  'payment.instalment_asked',
  'payment.instalments_lowered',
  'payment.settled',
  'freight.invoiced',
  'freight.dispute_settled',
]);

/** The facts that end an order. */
export const ENDS: ReadonlySet<FactName> = new Set<FactName>([
  'order.cancelled',
  'order.expired',
  'order.delivered',
  'order.closed',
]);
