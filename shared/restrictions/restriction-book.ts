import { holdsOn } from '../duties/rule-book.ts';
import { type Country, isEuMemberState } from '../kernel/country.ts';
import type { CalendarDate } from '../kernel/time.ts';
import type { GoodsKind, Restriction } from './schema.ts';

/** The restrictions and their kinds of goods, looked up by destination and date. */
export interface RestrictionBook {
  readonly rows: readonly Restriction[];
  readonly kinds: ReadonlyMap<string, GoodsKind>;
  /** The restrictions for a destination on a date, local to it. */
  rowsFor(destination: Country, date: CalendarDate): readonly Restriction[];
}

/** Whether the row concerns that destination. */
function isAbout({ destinations }: Restriction, country: Country): boolean {
  if (destinations === '*') return true;
  return destinations.includes(country) || (destinations.includes('EU') && isEuMemberState(country));
}

const MAX_KEPT = 2_000;

/** Makes the book from checked rows. The restrictions of a place on a day are collected once. */
export function createRestrictionBook(
  rows: readonly Restriction[],
  goodsKinds: readonly GoodsKind[],
): RestrictionBook {
  const known = new Map<string, readonly Restriction[]>();
  return {
    rows,
    kinds: new Map(goodsKinds.map((each) => [each.kind, each])),
    rowsFor(destination, date) {
      const key = `${destination} ${date}`;
      let found = known.get(key);
      if (found === undefined) {
        found = rows.filter((row) => isAbout(row, destination) && holdsOn(row, date));
        if (known.size >= MAX_KEPT) known.clear();
        known.set(key, found);
      }
      return found;
    },
  };
}
