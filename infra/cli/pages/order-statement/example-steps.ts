import type { NewFact } from '../../../../events/all-events.ts';
import type { LandedCost } from '../../../../events/landed-cost.ts';
import {
  formatMoney,
  fromJson,
  type MoneyJson,
  negate,
  sum,
  toJson,
} from '../../../../shared/kernel/money.ts';
import { samplePartners } from '../../sample-shop/sample-partners.ts';
import { after, exampleId, type Step } from './example-order.ts';

type Settled = Extract<NewFact, { name: 'payment.settled' }>['data'];

const eur = (amount: number): MoneyJson => ({ amount, currency: 'EUR' });

const inEuros = (amount: number): string => formatMoney(fromJson(eur(amount)));

/** Made-up figures of a provider, in cents. The rule of the terms gives the fee that the capture names. */
const FEE_RULE = { percent: '1.5', fixed: eur(25), by: 'terms' } as const;
const NAMED_FEE = 160;
const SETTLED_FEE = 170;
const DISPUTE_FEE = 1500;
const REFUND = 1000;

const paymentId = exampleId('payment');
const refundId = exampleId('refund');
const CAPTURE = 'ch_1';
const DISPUTE = 'du_1';

/** What the shopper paid for the first consignment: the money that the dispute is about. */
const contestedOf = ({ consignments, currency }: LandedCost): MoneyJson =>
  toJson(
    sum(
      (consignments[0]?.charges ?? []).map(({ amount }) => fromJson(amount)),
      currency,
    ),
  );

const back = (amount: MoneyJson): MoneyJson => toJson(negate(fromJson(amount)));

/** The order from its first fact to the payout of its money. */
export function paidAndSent(landedCost: LandedCost): Step[] {
  const amount = landedCost.totals.total;
  return [
    { at: after(0), fact: placedWith(landedCost) },
    {
      at: after(0, 5),
      fact: { name: 'payment.authorised', data: { paymentId, amount } },
      why: 'Tax under IOSS is owed from the moment when the payment is accepted (Directive 2006/112/EC, Art. 369n), before any money has moved.',
    },
    {
      at: after(0, 6),
      fact: {
        name: 'payment.captured',
        data: { paymentId, amount, fee: eur(NAMED_FEE), providerReference: CAPTURE },
      },
      why: 'The provider owes us the price less the fee that its answer names, we owe the shopper the goods, and a payment on account makes the tax of a sale inside the Union chargeable (the same Directive, Art. 65).',
    },
    ...[2, 1].map(
      (parcel, index): Step => ({
        at: after(1 + index),
        fact: {
          name: 'parcel.dispatched',
          data: {
            parcelId: exampleId('parcel', parcel),
            dispatchId: exampleId('dispatch', parcel),
            handedOverAt: after(1 + index),
          },
        },
        why:
          parcel === 2
            ? 'The goods have left, so that their deposit becomes income and pays for the tax, which is already owed; inside the Union there is no duty.'
            : 'The rest of the deposit is used in the same way, and the duty is owed to customs from the hand-over on.',
      }),
    ),
    {
      at: after(4),
      fact: settled(1, { kind: 'payment', settles: CAPTURE }, amount, SETTLED_FEE),
      why: `The provider pays out, and its settlement decides what the fee is: ${inEuros(SETTLED_FEE - NAMED_FEE)} more than the capture had named.`,
    },
  ];
}

/** A part refund that names no parcel, and a dispute about the first parcel, with the settlement of each. */
export function refundedAndDisputed(landedCost: LandedCost): Step[] {
  const amount = eur(REFUND);
  return [
    {
      at: after(9),
      fact: { name: 'refund.requested', data: { paymentId, refundId, amount, reason: 'goodwill' } },
    },
    {
      at: after(9, 1),
      fact: { name: 'refund.paid', data: { paymentId, refundId, amount, providerReference: 're_1' } },
      why: `The provider returns ${inEuros(REFUND)} to the shopper, and each tax falls by the same share, so that only the rest is our cost.`,
    },
    {
      at: after(11),
      fact: settled(2, { kind: 'refund', settles: 're_1' }, back(amount), 0),
      why: 'The provider takes the refund out of its next payout to our bank account.',
    },
    {
      at: after(19),
      fact: disputed('evidence-due', contestedOf(landedCost), contestedOf(landedCost)),
      why: "The shopper's bank took back the price of the first parcel, which is contested until the dispute is decided, and the provider keeps a fee for the dispute.",
    },
    {
      at: after(21),
      fact: settled(3, { kind: 'dispute', settles: DISPUTE }, back(contestedOf(landedCost)), DISPUTE_FEE),
      why: 'The contested money and the fee leave our bank account; the settlement confirms the fee, which is not booked twice.',
    },
  ];
}

/** The evidence convinced the bank. */
export const won = (landedCost: LandedCost): Step[] => [
  {
    at: after(49),
    fact: disputed('won', contestedOf(landedCost), eur(0)),
    why: 'The provider owes us the contested money again, and keeps its fee.',
  },
  {
    at: after(51),
    fact: settled(4, { kind: 'dispute', settles: DISPUTE }, contestedOf(landedCost), 0),
    why: 'The provider pays the money back to our bank account.',
  },
];

/** The bank decided for the shopper. */
export const lost = (landedCost: LandedCost): Step[] => [
  {
    at: after(49),
    fact: disputed('lost', contestedOf(landedCost), contestedOf(landedCost)),
    why: 'The contested money is a loss, and duty and tax stay owed, because the goods were supplied.',
  },
];

function placedWith(landedCost: LandedCost): NewFact {
  return {
    name: 'order.placed',
    data: {
      ...{ storefrontId: 'shop', quoteId: exampleId('quote'), landedCost, reservedUntil: after(0, 30) },
      payment: { paymentId, method: 'card', provider: samplePartners.payment, feeRule: FEE_RULE },
      parcels: landedCost.consignments.map(({ consignmentId }, index) => ({
        parcelId: exampleId('parcel', index + 1),
        consignmentId,
      })),
    },
  };
}

/** A line of a settlement: what it settles, the gross amount, and the fee in cents. */
function settled(
  line: number,
  of: Pick<Settled, 'kind' | 'settles'>,
  gross: MoneyJson,
  fee: number,
): NewFact {
  return {
    name: 'payment.settled',
    data: {
      ...{ paymentId, providerReference: `txn_${line}`, payoutId: `po_${line}`, ...of },
      ...{ gross, net: eur(gross.amount - fee), fee: eur(fee), held: eur(0) },
    },
  };
}

const disputed = (
  status: 'evidence-due' | 'won' | 'lost',
  amount: MoneyJson,
  withdrawn: MoneyJson,
): NewFact => ({
  name: 'payment.disputed',
  data: {
    ...{ paymentId, providerReference: DISPUTE, status, amount, withdrawn },
    ...{ fee: eur(DISPUTE_FEE), code: 'product_not_received' },
  },
});
