import type { MethodAbilities } from '../../../../shared/payment/provider.ts';

/** What a test shows of a method: one column of the table of methods in docs/payment-methods.md. */
type Shown = 'create' | 'capture' | 'void' | 'refund' | 'webhook';

interface Proof {
  readonly shows: Shown;
  /** The name of the test, behind that of the provider and the method. */
  readonly title: string;
  /** Whether a method with these abilities takes the test. */
  isFor(abilities: MethodAbilities): boolean;
  /** Why the others do not: it is part of the name of the skipped test. */
  readonly otherwise?: string;
}

const pushes = ({ captures }: MethodAbilities) => captures === 'at-once';
const always = () => true;
const NO_CAPTURE = "the shopper's payment is the capture";

/**
 * The tests of each method that the suite takes their names and conditions from, and the page of methods as well: so
 * the page can't name a test that is not there, or that the method does not take.
 */
export const proofs = {
  started: {
    ...{ shows: 'create', isFor: always },
    title: 'is started once under one id, with the next action of its flow',
  },
  limits: {
    shows: 'create',
    title: 'takes the smallest and the largest amount of each currency',
    isFor: always,
  },
  authorised: {
    ...{ shows: 'capture', title: 'is authorised by the shopper', otherwise: NO_CAPTURE },
    isFor: (abilities) => !pushes(abilities),
  },
  pushed: {
    ...{ shows: 'capture', title: 'is captured by the shopper', isFor: pushes },
    otherwise: 'the shopper authorises it, and we capture it',
  },
  whole: {
    ...{ shows: 'capture', title: 'is captured whole, once, and not voided afterwards' },
    otherwise: NO_CAPTURE,
    isFor: (abilities) => !pushes(abilities),
  },
  partOnce: {
    ...{ shows: 'capture', title: 'is captured in part, once: the rest is released' },
    otherwise: 'the provider takes no single smaller capture',
    isFor: ({ partialCapture }) => partialCapture === 'once',
  },
  parts: {
    ...{ shows: 'capture', title: 'is captured in parts, each once' },
    otherwise: 'the provider takes one capture at most',
    isFor: ({ partialCapture }) => partialCapture === 'many',
  },
  restReleased: {
    ...{ shows: 'void', title: 'keeps what was captured when it is voided, and the rest is released' },
    isFor: ({ partialCapture }) => partialCapture === 'many',
  },
  notInPart: {
    ...{ shows: 'capture', title: 'is not captured in part' },
    otherwise: 'it is captured in part, or by the shopper',
    isFor: (abilities) => !pushes(abilities) && abilities.partialCapture === 'none',
  },
  voided: {
    ...{ shows: 'void', title: 'is voided while nothing was captured, and never captured then' },
    otherwise: NO_CAPTURE,
    isFor: (abilities) => !pushes(abilities),
  },
  voidedOpen: {
    ...{ shows: 'void', title: 'is voided while nobody paid, and stays captured once it was paid' },
    otherwise: 'it is authorised before it is captured',
    isFor: pushes,
  },
  refundedInParts: {
    ...{ shows: 'refund', isFor: always },
    title: 'is refunded in parts and whole, each refund once, and never above what was captured',
  },
  refundedWhole: { shows: 'refund', title: 'is refunded whole', isFor: always },
  window: {
    ...{ shows: 'refund', title: 'is not refunded after its window' },
    otherwise: 'no page states a window of refunds',
    isFor: ({ refundWindowDays }) => refundWindowDays !== undefined,
  },
  anyOrder: {
    ...{ shows: 'webhook', isFor: always },
    title: 'come to the same payment in any order, and repeated',
  },
} as const satisfies Readonly<Record<string, Proof>>;
