import type { Schema } from '../api/client.ts';

type Entry = Schema<'StockEntry'>;

interface Point {
  readonly x: Date;
  readonly y: number;
}

export interface OnHandLine {
  readonly warehouseId: string;
  readonly points: readonly Point[];
}

/** A chart of more changes than this shows the last figure of each day. */
const MAX_STEPS = 400;

/**
 * The units on hand at each warehouse over time, as steps. They are counted back from what is there now, so that the
 * line ends in the truth also where not all changes were read.
 */
export function onHandLines(
  positions: readonly { readonly warehouseId: string; readonly onHand: number }[],
  entries: readonly Entry[],
  now: Date,
): OnHandLine[] {
  return positions.map(({ warehouseId, onHand }) => {
    const own = entries.filter((entry) => entry.warehouseId === warehouseId && entry.onHand !== 0);
    const changes = own.toSorted((a, b) => b.at.localeCompare(a.at));
    const points: Point[] = [{ x: now, y: onHand }];
    let units = onHand;
    for (const { at, onHand: change } of changes) {
      points.push({ x: new Date(at), y: units }, { x: new Date(at), y: units - change });
      units -= change;
    }
    const inTime = points.reverse();
    return { warehouseId, points: changes.length > MAX_STEPS ? lastOfEachDay(inTime) : inTime };
  });
}

function lastOfEachDay(points: readonly Point[]): Point[] {
  return [...new Map(points.map((point) => [point.x.toISOString().slice(0, 10), point])).values()];
}
