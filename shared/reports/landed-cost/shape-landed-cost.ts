import type * as z from 'zod';
import type { Currency } from '../../kernel/currency.ts';
import { add, divide, type Money, money, sum, zero } from '../../kernel/money.ts';
import { Converter } from '../lake/converter.ts';
import type { ShapeContext } from '../lake/lake-report.ts';
import { rateBook, type ratesQuery } from '../lake/rate-book.ts';
import { notPaid, type unsoldOrders } from '../lake/sold-orders.ts';
import type { parcelCosts } from './landed-cost-queries.ts';

type Rows<Query extends { readonly row: z.ZodType }> = readonly z.infer<Query['row']>[];

interface Found {
  readonly costs: Rows<typeof parcelCosts>;
  readonly unsold: Rows<typeof unsoldOrders>;
  readonly rates: Rows<typeof ratesQuery>;
}

const FIGURES = ['goods', 'freight', 'duty', 'tax', 'fees', 'delivery'] as const;
type Amounts = Readonly<Record<(typeof FIGURES)[number], Money>>;

/** The parcels of one destination and scheme. */
interface Cost {
  readonly market: string;
  readonly regime: string;
  readonly scheme: string;
  readonly parcels: number;
  /** Undefined: these amounts have no rate. */
  readonly amounts: Amounts | undefined;
}

/** The rows of the report on landed costs, from what the lake has. */
export function shapeLandedCost(found: Found, { currency }: ShapeContext<unknown>) {
  const converter = new Converter(rateBook(found.rates), currency);
  const costs = found.costs.map((row) => costOf(row, converter));
  return {
    rows: {
      summary: [figuresOf(costs, currency)],
      'by-market': grouped(costs, currency, ({ market }) => ({ market })),
      'by-scheme': grouped(costs, currency, ({ regime, scheme }) => ({ regime, scheme })),
      'by-market-and-scheme': grouped(costs, currency, ({ market, regime, scheme }) => ({
        ...{ market, regime, scheme },
      })),
    },
    notCounted: [...converter.notCounted(), ...notPaid(found.unsold)],
  };
}

function costOf(row: Found['costs'][number], converter: Converter): Cost {
  const priced = (amountMinor: number) => money(amountMinor, row.currency);
  const amounts = {
    ...{ goods: priced(row.goods), freight: priced(row.freight), duty: priced(row.duty) },
    ...{ tax: priced(row.tax), fees: priced(row.fees), delivery: priced(row.on_delivery) },
  };
  const day = { lockedDay: row.locked_day, placedDay: row.placed_day };
  return {
    ...{ market: row.country, regime: row.regime, scheme: row.scheme, parcels: row.parcels },
    amounts: converter.convert(amounts, day, { what: 'parcels', count: row.parcels }),
  };
}

/** One row for each key, the one with the highest price of goods first. */
function grouped<Key extends Readonly<Record<string, string>>>(
  costs: readonly Cost[],
  currency: Currency,
  keyOf: (cost: Cost) => Key,
) {
  const groups = Map.groupBy(costs, (cost) => JSON.stringify(keyOf(cost)));
  const rows = [...groups.entries()].map(([name, own]) => ({
    name,
    row: { ...keyOf(own[0] as Cost), ...figuresOf(own, currency) },
  }));
  return rows
    .sort((a, b) => b.row.goods.amountMinor - a.row.goods.amountMinor || (a.name < b.name ? -1 : 1))
    .map(({ row }) => row);
}

function figuresOf(costs: readonly Cost[], currency: Currency) {
  const of = (figure: keyof Amounts): Money =>
    costs.reduce(
      (all, { amounts }) => (amounts === undefined ? all : add(all, amounts[figure])),
      zero(currency),
    );
  const [goods, freight, duty, tax, fees] = [of('goods'), of('freight'), of('duty'), of('tax'), of('fees')];
  const added = sum([freight, duty, tax, fees], currency);
  return {
    parcels: costs.reduce((all, { parcels }) => all + parcels, 0),
    ...{ goods, freight, duty, tax, fees },
    total: add(goods, added),
    delivery: of('delivery'),
    share: shareOf(added, goods),
  };
}

/** A part of the price of the goods, to four decimals, half up; null without goods. */
function shareOf(added: Money, goods: Money): number | null {
  if (goods.amountMinor === 0) return null;
  const share = divide(BigInt(added.amountMinor) * 10_000n, BigInt(goods.amountMinor), 'half-up');
  return Number(share) / 10_000;
}
