import type * as z from 'zod';
import type { Currency } from '../../kernel/currency.ts';
import { money } from '../../kernel/money.ts';
import type { NotCounted } from '../answer/report-answer.ts';
import { Converter } from '../lake/converter.ts';
import type { ShapeContext } from '../lake/lake-report.ts';
import { rateBook, type ratesQuery } from '../lake/rate-book.ts';
import { notPaid, type unsoldOrders } from '../lake/sold-orders.ts';
import { addUnits, atOtherPrice, marginOf, noUnits, perUnit, type UnitSums } from './margin.ts';
import type { soldUnits } from './sold-units.ts';

type Rows<Query extends { readonly row: z.ZodType }> = readonly z.infer<Query['row']>[];
type UnitRow = Rows<typeof soldUnits>[number];

interface Found {
  readonly units: Rows<typeof soldUnits>;
  readonly unsold: Rows<typeof unsoldOrders>;
  readonly rates: Rows<typeof ratesQuery>;
}

interface Parameters {
  readonly paymentFee?: string | undefined;
  readonly priceChange?: string | undefined;
}

/** The units of a product in a market. */
interface Sold {
  readonly sku: string;
  readonly market: string;
  readonly sums: UnitSums;
}

/** The rows of the report on unit economics, from what the lake has. */
export function shapeMargins(found: Found, { currency, parameters }: ShapeContext<Parameters>) {
  const { paymentFee, priceChange } = parameters;
  const converter = new Converter(rateBook(found.rates), currency);
  const sold = found.units.map(
    (row): Sold => ({ sku: row.sku, market: row.country, sums: sumsOf(row, currency, converter) }),
  );
  const figuresOf = (sums: UnitSums) => {
    const { paid: _, ...amounts } = sums.amounts;
    return { units: sums.units, known: sums.known, ...amounts, ...marginOf(sums, paymentFee) };
  };
  const grouped = <Key extends Readonly<Record<string, string>>>(keyOf: (each: Sold) => Key) =>
    groupsOf(sold, currency, keyOf).map(({ key, sums }) => ({ ...key, ...figuresOf(sums) }));
  const all = sold.reduce((sums, each) => addUnits(sums, each.sums), noUnits(currency));
  const pairs = groupsOf(sold, currency, ({ sku, market }) => ({ sku, market }));
  return {
    rows: {
      summary: [figuresOf(all)],
      'by-sku': grouped(({ sku }) => ({ sku })),
      'by-market': grouped(({ market }) => ({ market })),
      'by-sku-and-market': grouped(({ sku, market }) => ({ sku, market })),
      'what-if':
        priceChange === undefined
          ? []
          : pairs.flatMap(({ key, sums }) =>
              sums.known === 0 ? [] : [{ ...key, ...scenarioOf(sums, priceChange, paymentFee) }],
            ),
    },
    notCounted: [
      ...notKnown(found.units),
      ...(paymentFee === undefined && all.known > 0 ? [noFee(all.known)] : []),
      ...converter.notCounted(),
      ...notPaid(found.unsold),
    ],
  };
}

function sumsOf(row: UnitRow, currency: Currency, converter: Converter): UnitSums {
  const { purchase_currency, first_leg_currency, freight_currency, units } = row;
  const nothing = { ...noUnits(currency), units };
  if (purchase_currency === null || first_leg_currency === null || freight_currency === null) return nothing;
  const charged = (amountMinor: number) => money(amountMinor, row.currency);
  const amounts = converter.convert(
    {
      ...{ price: charged(row.goods), shipping: charged(row.shipping), paid: charged(row.paid) },
      purchase: money(row.purchase, purchase_currency),
      firstLeg: money(row.first_leg, first_leg_currency),
      freight: money(row.freight, freight_currency),
      ...{ refunds: charged(row.refunds), absorbed: charged(row.absorbed) },
    },
    { lockedDay: row.locked_day, placedDay: row.placed_day },
    { what: 'units', count: units },
  );
  return amounts === undefined ? nothing : { units, known: units, amounts };
}

/** The sums of each key, the one with the highest price first. */
function groupsOf<Key extends Readonly<Record<string, string>>>(
  sold: readonly Sold[],
  currency: Currency,
  keyOf: (each: Sold) => Key,
): { readonly key: Key; readonly sums: UnitSums }[] {
  const groups = [...Map.groupBy(sold, (each) => JSON.stringify(keyOf(each))).entries()];
  return groups
    .map(([name, own]) => ({
      name,
      key: keyOf(own[0] as Sold),
      sums: own.reduce((sums, each) => addUnits(sums, each.sums), noUnits(currency)),
    }))
    .sort(
      (a, b) =>
        b.sums.amounts.price.amountMinor - a.sums.amounts.price.amountMinor || (a.name < b.name ? -1 : 1),
    );
}

function scenarioOf(sums: UnitSums, priceChange: string, fee: string | undefined) {
  const other = atOtherPrice(sums, priceChange);
  const [now, then] = [marginOf(sums, fee), marginOf(other, fee)];
  return {
    known: sums.known,
    unitPrice: perUnit(sums.amounts.price, sums.known),
    otherUnitPrice: perUnit(other.amounts.price, sums.known),
    ...{ contribution: now.contribution, otherContribution: then.contribution },
    ...{ margin: now.margin, otherMargin: then.margin },
  };
}

const COSTS = [
  { of: 'purchase_currency', code: 'no-purchase-cost', what: 'purchase cost' },
  { of: 'first_leg_currency', code: 'no-first-leg', what: 'first leg' },
  { of: 'freight_currency', code: 'no-freight', what: 'freight' },
] as const;

/** How many units lack each cost. A unit that lacks two is in both. */
function notKnown(rows: readonly UnitRow[]): NotCounted[] {
  return COSTS.flatMap(({ of, code, what }) => {
    const lacking = rows.filter((row) => row[of] === null).reduce((all, { units }) => all + units, 0);
    const says = `units whose ${what} is not known: they are in the counts and in no amount`;
    return lacking === 0 ? [] : [{ code, says, count: lacking }];
  });
}

const noFee = (units: number): NotCounted => ({
  code: 'no-payment-fee',
  says: 'units whose payment fee is not known: their contribution is before it. The parameter paymentFee gives it',
  count: units,
});
