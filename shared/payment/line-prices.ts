import type { Charge, ConsignmentLine, LandedCost, PlannedConsignment } from '../../events/landed-cost.ts';
import type { RefundedLine } from '../../events/payment.ts';
import { defined } from '../kernel/defined.ts';
import {
  allocate,
  divide,
  fromJson,
  type Money,
  type MoneyJson,
  money,
  multiply,
  subtract,
  sum,
  toJson,
  zero,
} from '../kernel/money.ts';
import { asCharged, type PlannedParcel } from '../timeline/index.ts';

/** A tax of a line, divided into the part on its shipping and the rest. */
interface LineTax {
  readonly code: string;
  readonly rate: string | undefined;
  readonly amount: Money;
  readonly ofShipping: Money;
  /** In the currency of the rule. */
  readonly base: Money | undefined;
  readonly baseOfShipping: Money | undefined;
}

/** What the shopper pays to us for all units of a line, in the order's currency. */
export interface LinePrice extends Pick<ConsignmentLine, 'lineId' | 'sku' | 'quantity'> {
  readonly parcelId: string;
  readonly goods: Money;
  readonly shipping: Money;
  readonly duty: Money;
  readonly fees: Money;
  readonly taxes: readonly LineTax[];
}

/**
 * The price of a parcel by its lines. A charge on the whole consignment is divided among the lines to the minor unit:
 * freight by weight, everything else by the value of the goods. So the lines add up to the price of the parcel. What
 * the consignee pays on delivery is in none of them.
 */
export function linePricesOf(landedCost: LandedCost, { parcelId, consignment }: PlannedParcel): LinePrice[] {
  const { currency } = landedCost;
  const shares = consignment.charges
    .filter(({ collectedOnDelivery }) => collectedOnDelivery !== true)
    .map((charge) => ({ charge, ...sharesOf(charge, consignment) }));
  return consignment.lines.map(({ lineId, sku, quantity, goodsValue }, index) => {
    const own = (kind: Charge['kind']) =>
      shares.flatMap(({ charge, amounts, bases }) => {
        const [amount, base] = [amounts[index], bases[index]];
        return charge.kind === kind && amount !== undefined ? [{ charge, amount, base }] : [];
      });
    const total = (kind: Charge['kind']) =>
      sum(
        own(kind).map(({ amount }) => amount),
        currency,
      );
    const parts = {
      goods: total('goods'),
      shipping: total('shipping'),
      duty: total('duty'),
      fees: total('fee'),
    };
    const value = fromJson(goodsValue);
    const taxes = own('tax').map(({ charge: { code, rate }, amount, base }): LineTax => {
      const part = shippingIn(base === undefined ? undefined : asCharged(landedCost, base), {
        ...parts,
        value,
      });
      return {
        ...{ code, rate, amount, base },
        ofShipping: multiply(amount, part),
        baseOfShipping: base === undefined ? undefined : multiply(base, part),
      };
    });
    return { lineId, sku, quantity, parcelId, ...parts, taxes };
  });
}

/** A charge by line: undefined for the lines that it does not concern. */
function sharesOf(
  { kind, lineId, amount, base }: Charge,
  { lines }: PlannedConsignment,
): { readonly amounts: readonly (Money | undefined)[]; readonly bases: readonly (Money | undefined)[] } {
  if (lineId !== undefined) {
    const of = (whole: MoneyJson | undefined) =>
      lines.map((line) => (line.lineId === lineId && whole !== undefined ? fromJson(whole) : undefined));
    return { amounts: of(amount), bases: of(base) };
  }
  const quantities = lines.map(({ quantity }) => quantity);
  const weights = lines.map(({ quantity, unitWeightGrams, goodsValue }) =>
    kind === 'shipping' ? quantity * unitWeightGrams : goodsValue.amount,
  );
  const by = weights.some((weight) => weight > 0) ? weights : quantities;
  return {
    amounts: allocate(fromJson(amount), by),
    bases: base === undefined ? [] : allocate(fromJson(base), by),
  };
}

/** The value and the charges of a line that a tax may have in its base. */
type PartsOfBase = Pick<LinePrice, 'shipping' | 'duty' | 'fees'> & { readonly value: Money };

/**
 * The part of a tax that is on the shipping. A charge does not say what its base is made of, and laws differ: it is the
 * goods with those of freight, duty and fees that come nearest to it.
 */
function shippingIn(base: Money | undefined, { value, shipping, duty, fees }: PartsOfBase) {
  const nothing = { numerator: 0n, denominator: 1n };
  if (base === undefined || shipping.amountMinor === 0) return nothing;
  const [none, freight, taxed, owed] = [0, shipping.amountMinor, duty.amountMinor, fees.amountMinor];
  // Of two that come as near, the first: no law taxes freight and leaves out a duty that is due.
  const choices = [taxed, none].flatMap((withDuty) =>
    [none, owed].flatMap((withFees) =>
      [freight, none].map((withFreight) => ({
        withFreight,
        whole: value.amountMinor + withFreight + withDuty + withFees,
      })),
    ),
  );
  const distance = ({ whole }: { readonly whole: number }) => Math.abs(base.amountMinor - whole);
  const nearest = choices.reduce((best, next) => (distance(next) < distance(best) ? next : best));
  if (nearest.whole === 0) return nothing;
  return { numerator: BigInt(nearest.withFreight), denominator: BigInt(nearest.whole) };
}

/** Units of a line by their places in it, from 0 on. */
export interface Units {
  readonly places: readonly number[];
  readonly withShipping: boolean;
}

/**
 * What goes back for units of a line. The amount of a unit is the difference of two sums over the units before it and
 * with it, rounded half up: so all units together get exactly the whole, in whatever parts they go back.
 */
export function priceOfUnits(line: LinePrice, { places, withShipping }: Units): RefundedLine {
  const quantity = places.length;
  const upTo = (whole: Money, units: number) =>
    Number(divide(BigInt(whole.amountMinor) * BigInt(units), BigInt(line.quantity), 'half-up'));
  const part = (whole: Money): Money =>
    money(
      places.reduce((all, place) => all + upTo(whole, place + 1) - upTo(whole, place), 0),
      whole.currency,
    );
  const taxed = (whole: Money, ofShipping: Money): MoneyJson => {
    const alone = part(subtract(whole, ofShipping));
    return toJson(withShipping ? sum([alone, part(ofShipping)], whole.currency) : alone);
  };
  return {
    ...{ lineId: line.lineId, sku: line.sku, parcelId: line.parcelId, quantity },
    goods: toJson(part(line.goods)),
    ...(withShipping ? { shipping: toJson(part(line.shipping)) } : {}),
    duty: toJson(part(line.duty)),
    fees: toJson(part(line.fees)),
    taxes: line.taxes.map(({ code, rate, amount, ofShipping, base, baseOfShipping }) => ({
      code,
      ...defined({ rate, base: base && taxed(base, baseOfShipping ?? zero(base.currency)) }),
      amount: taxed(amount, ofShipping),
    })),
  };
}
