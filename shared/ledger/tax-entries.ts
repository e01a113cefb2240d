import type { Fact } from '../../events/all-events.ts';
import { invariant } from '../kernel/invariant.ts';
import { fromJson, type Money, type MoneyJson, multiply, subtract, sum, zero } from '../kernel/money.ts';
import type { Instant } from '../kernel/time.ts';
import { captureAt, planOf, type TaxEntry, type TaxScheme, taxSchemes } from '../timeline/index.ts';
import { refundedShare, refundsOf } from './refunded-share.ts';
import { type SchemeTax, schemeTaxesOf } from './scheme-taxes.ts';

/** The tax of an order under one scheme, at some moment of its journey. */
export interface TaxState {
  /** When it became chargeable; undefined before that, and after it ceases to be. */
  readonly chargeableAt: Instant | undefined;
  /** What was charged with the order, by member state, place of dispatch and rate. */
  readonly charged: readonly SchemeTax[];
  /** The part of it to be paid over: less refunds, and zero while it is not chargeable. */
  readonly stated: readonly TaxAmount[];
  /** The charged tax of the parcels that leave or have left: without that of parcels that were stopped. */
  readonly supplied: readonly Money[];
}

/** A tax without its parts. */
type TaxAmount = Omit<SchemeTax, 'parts'>;

/**
 * What new facts add to the returns of the schemes: for each fact, the change of the amount to be paid over. So the
 * entries of an order always add up to that amount, whatever happened and in any order.
 */
export function taxEntriesOf(before: readonly Fact[], added: readonly Fact[]): TaxEntry[] {
  const all = [...before, ...added];
  const charged = chargedWith(all);
  const schemes = taxSchemes.filter((scheme) => charged.some((tax) => tax.scheme === scheme));
  return schemes.flatMap((scheme) =>
    added.flatMap((fact, index): TaxEntry[] => {
      const upTo = before.length + index;
      const was = stateUnder(scheme, charged, all.slice(0, upTo));
      const is = stateUnder(scheme, charged, all.slice(0, upTo + 1));
      const chargeableAt = was.chargeableAt ?? is.chargeableAt;
      const amounts = is.stated.flatMap((tax, place) => differenceOf(tax, was.stated[place]));
      if (amounts.length === 0 || chargeableAt === undefined) return [];
      const { orderId, sequence, recordedAt } = fact;
      return [
        {
          scheme,
          orderId,
          factSequence: sequence,
          enteredAt: recordedAt,
          chargeableAt,
          amounts,
          kind: was.chargeableAt === undefined ? 'sale' : 'correction',
        },
      ];
    }),
  );
}

/** The state of the order's tax under each of its schemes. */
export function taxStates(facts: readonly Fact[]): TaxState[] {
  const charged = chargedWith(facts);
  return taxSchemes.map((scheme) => stateUnder(scheme, charged, facts));
}

function chargedWith([placed]: readonly Fact[]): SchemeTax[] {
  invariant(placed?.name === 'order.placed', 'a timeline begins with order.placed');
  return schemeTaxesOf(placed.data.landedCost);
}

function stateUnder(scheme: TaxScheme, all: readonly SchemeTax[], facts: readonly Fact[]): TaxState {
  const charged = all.filter((tax) => tax.scheme === scheme);
  const chargeableAt = chargeableUnder(scheme, facts);
  const refunds = refundsOf(facts);
  const supplied = charged.map(({ tax, parts }) =>
    sum(
      parts.filter(({ consignmentId }) => !refunds.isStopped(consignmentId)).map((part) => part.tax),
      tax.currency,
    ),
  );
  const stated = charged.map(({ parts, ...tax }) => {
    const rest = (amount: Money, of: 'base' | 'tax') =>
      chargeableAt === undefined
        ? zero(amount.currency)
        : subtract(amount, multiply(amount, refundedShare(parts, of, refunds)));
    return { ...tax, taxable: rest(tax.taxable, 'base'), tax: rest(tax.tax, 'tax') };
  });
  return { chargeableAt, charged, stated, supplied };
}

/**
 * Tax under IOSS becomes chargeable when the payment is accepted (Directive 2006/112/EC, Art. 369n). An authorisation
 * is such an acceptance, whenever the money moves (Implementing Regulation (EU) 282/2011, Art. 61b). Between member
 * states with a payment on account, tax becomes chargeable when it is received (Art. 65). A voided payment or a stopped
 * order is no sale, but goods that have left are supplied, whoever pays for them (Art. 63). A repeated update is not a
 * fact, and an order is captured once, or in parts.
 */
function chargeableUnder(scheme: TaxScheme, facts: readonly Fact[]): Instant | undefined {
  let total = zero('EUR');
  let chargeableAt: Instant | undefined;
  let isStopped = false;
  let [hasLeft, isVoided] = [false, false];
  const isInParts = captureAt(facts) !== undefined;
  // The first of several captures or instalments counts as the payment: the goods leave with it, or right after it.
  const isAnyPart = isInParts || planOf(facts) !== undefined;
  const isWhole = (paid: MoneyJson) =>
    paid.currency === total.currency && (isAnyPart || paid.amount >= total.amountMinor);
  for (const { name, data, recordedAt } of facts) {
    if (name === 'order.placed') total = fromJson(data.landedCost.totals.total);
    if (name === 'payment.authorised' && scheme === 'ioss') chargeableAt ??= recordedAt;
    if (name === 'payment.captured' && isWhole(data.amount)) chargeableAt ??= recordedAt;
    if (name === 'parcel.dispatched') hasLeft = true;
    if (name === 'payment.voided') {
      isVoided = true;
      chargeableAt = isInParts && hasLeft ? chargeableAt : undefined;
    }
    if (isVoided && isInParts && hasLeft) chargeableAt ??= recordedAt;
    if (name === 'order.cancelled' || name === 'order.expired') isStopped = true;
  }
  return isStopped ? undefined : chargeableAt;
}

function differenceOf({ scheme: _, ...is }: TaxAmount, was: TaxAmount | undefined): TaxEntry['amounts'] {
  const taxable = was === undefined ? is.taxable : subtract(is.taxable, was.taxable);
  const tax = was === undefined ? is.tax : subtract(is.tax, was.tax);
  return taxable.amountMinor === 0 && tax.amountMinor === 0 ? [] : [{ ...is, taxable, tax }];
}
