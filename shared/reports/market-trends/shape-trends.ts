import type * as z from 'zod';
import type { NotCounted } from '../answer/report-answer.ts';
import type { trendCells } from './trend-queries.ts';

type Cell = z.infer<typeof trendCells.row>;

/** What a published cell rests on at least. */
export interface LeastOf {
  readonly buyers: number;
  readonly storefronts: number;
}

/**
 * The rows that may be published: those of cells that rest on enough buyers and storefronts. Every total is a sum of
 * published cells, so that a cell that was left out can't be computed from a total and the other cells.
 */
export function shapeTrends(cells: readonly Cell[], least: LeastOf) {
  const hasBuyers = ({ buyers }: Cell) => buyers >= least.buyers;
  const isPublished = (cell: Cell) => hasBuyers(cell) && cell.storefronts >= least.storefronts;
  const earlier = new Map(
    cells
      .filter((cell) => cell.span === 'before' && isPublished(cell))
      .map((cell) => [`${cell.country} ${cell.chapter}`, cell]),
  );
  const present = cells.filter(({ span }) => span === 'now');
  const published = present.filter(isPublished);
  const markets = [...Map.groupBy(published, ({ country }) => country)]
    .map(([market, own]) => ({ market, own, orders: sumOf(own, 'orders') }))
    .sort((a, b) => b.orders - a.orders || (a.market < b.market ? -1 : 1));
  return {
    rows: {
      'by-market-and-chapter': markets.flatMap(({ market, own, orders }) =>
        own
          .toSorted((a, b) => b.orders - a.orders || (a.chapter < b.chapter ? -1 : 1))
          .map((cell) => ({
            ...{ market, chapter: cell.chapter, buyers: cell.buyers, orders: cell.orders, units: cell.units },
            growth: growthOf(cell, earlier.get(`${market} ${cell.chapter}`)),
            share: cell.orders / orders,
          })),
      ),
      'by-market': markets.map(({ market, own, orders }) => ({
        ...{ market, chapters: own.length, orders, units: sumOf(own, 'units') },
      })),
    },
    notCounted: [
      ...leftOut('buyers', present.filter((cell) => !hasBuyers(cell)).length, least),
      ...leftOut('storefronts', present.filter(hasBuyers).length - published.length, least),
    ],
  };
}

const sumOf = (cells: readonly Cell[], figure: 'orders' | 'units'): number =>
  cells.reduce((all, cell) => all + cell[figure], 0);

const growthOf = ({ orders }: Cell, before: Cell | undefined): number | null =>
  before === undefined ? null : (orders - before.orders) / before.orders;

function leftOut(what: keyof LeastOf, count: number, least: LeastOf): NotCounted[] {
  const says = `cells with fewer than ${least[what]} ${what}`;
  return count === 0 ? [] : [{ code: `few-${what}`, says, count }];
}
