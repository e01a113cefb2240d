import type * as z from 'zod';
import type { ReportRow } from '../answer/columns.ts';
import { isWorse, type Share, shareOf, together } from './fall-behind.ts';
import { type baskets, type causes, type orders, type skus, spans } from './region-queries.ts';
import type { RegionTables } from './region-tables.ts';

type Rows<Query extends { readonly row: z.ZodType }> = readonly z.infer<Query['row']>[];
type Span = (typeof spans)[number];

interface Found {
  readonly baskets: Rows<typeof baskets>;
  readonly orders: Rows<typeof orders>;
  readonly skus: Rows<typeof skus>;
  readonly causes: Rows<typeof causes>;
}

/** The figures that are compared, and in which direction they are worse. */
const WORSE = {
  conversion: 'lower',
  refused: 'higher',
  paid: 'lower',
  held: 'higher',
  refunded: 'higher',
} as const;
type Figure = keyof typeof WORSE;
const figures = Object.keys(WORSE) as Figure[];

type Shares = Readonly<Record<Figure, Share>>;

/** The rows of the report on regions, from what the lake has. */
export function shapeRegions(found: Found) {
  const markets = [...new Set([...found.baskets, ...found.orders].map(({ market }) => market))].sort();
  const of = new Map(
    spans.map((span) => [span, new Map(markets.map((each) => [each, sharesOf(found, each, span)]))]),
  );
  const share = (span: Span, market: string, figure: Figure): Share =>
    of.get(span)?.get(market)?.[figure] ?? { hits: 0, of: 0 };
  const behind = markets.flatMap((market) =>
    figures.flatMap((figure) => {
      const others = markets.filter((each) => each !== market).map((each) => share('now', each, figure));
      const compared = compare(
        {
          own: share('now', market, figure),
          before: share('before', market, figure),
          others: together(others),
        },
        WORSE[figure],
      );
      return compared === undefined
        ? []
        : [{ market, figure, ...compared, cause: causeOf(found, market, figure) }];
    }),
  );
  return {
    rows: {
      behind,
      skus: behindSkus(found),
      markets: markets.map((market) => ({
        market,
        quotes: share('now', market, 'conversion').of,
        orders: share('now', market, 'paid').of,
        ...(Object.fromEntries(
          figures.map((figure) => [figure, shareOf(share('now', market, figure))]),
        ) as Record<Figure, number | null>),
      })),
    } satisfies { [Name in keyof RegionTables]: readonly ReportRow<RegionTables[Name]['columns']>[] },
    notCounted: [],
  };
}

function sharesOf({ baskets, orders }: Found, market: string, span: Span): Shares {
  const isOwn = (row: { readonly market: string; readonly span: Span }) =>
    row.market === market && row.span === span;
  const { given = 0, refused = 0 } = baskets.find(isOwn) ?? {};
  const { orders: placed = 0, paid = 0, refunded = 0, held = 0 } = orders.find(isOwn) ?? {};
  return {
    // An order may be placed on a quote of the time before.
    conversion: { hits: Math.min(placed, given), of: given },
    refused: { hits: refused, of: given + refused },
    paid: { hits: paid, of: placed },
    held: { hits: held, of: placed },
    refunded: { hits: refunded, of: paid },
  };
}

/** How a share stands against the two others; undefined where it is worse than neither. */
function compare(
  { own, before, others }: Readonly<Record<'own' | 'before' | 'others', Share>>,
  worse: 'higher' | 'lower',
) {
  const against = [
    ...(isWorse(own, before, worse) ? ['before'] : []),
    ...(isWorse(own, others, worse) ? ['others'] : []),
  ].join(', ');
  if (against === '') return undefined;
  return { share: shareOf(own), of: own.of, before: shareOf(before), others: shareOf(others), against };
}

/** The reason that was named most often; of equal ones the first by its name. */
function causeOf({ causes }: Found, market: string, figure: Figure): string | null {
  const own = causes.filter((row) => row.market === market && row.figure === figure);
  return own.toSorted((a, b) => b.times - a.times)[0]?.reason ?? null;
}

function behindSkus({ skus }: Found) {
  const share = (rows: Found['skus']): Share =>
    together(rows.map(({ refunded, paid }) => ({ hits: refunded, of: paid })));
  return [...new Set(skus.map(({ sku }) => sku))].flatMap((sku) => {
    const now = skus.filter(({ span }) => span === 'now');
    const compared = compare(
      {
        own: share(now.filter((row) => row.sku === sku)),
        before: share(skus.filter((row) => row.sku === sku && row.span === 'before')),
        others: share(now.filter((row) => row.sku !== sku)),
      },
      WORSE.refunded,
    );
    return compared === undefined ? [] : [{ sku, ...compared }];
  });
}
