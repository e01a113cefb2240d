import type { z } from 'zod';
import type { Fact } from '../../events/all-events.ts';
import { linesPaidBack, minorOfLine } from '../timeline/index.ts';
import type { OrderView, refundedUnitsSchema } from './order-view-schema.ts';

/** The units whose price went back, by line, in the order of their first refund. */
export function refundedUnits(facts: readonly Fact[]): Pick<OrderView, 'refundedLines'> {
  const byLine = new Map<string, z.infer<typeof refundedUnitsSchema>>();
  for (const line of linesPaidBack(facts)) {
    const { lineId, sku, quantity, goods } = line;
    const before = byLine.get(lineId);
    const amount = { amount: (before?.amount.amount ?? 0) + minorOfLine(line), currency: goods.currency };
    byLine.set(lineId, { lineId, sku, quantity: (before?.quantity ?? 0) + quantity, amount });
  }
  return byLine.size === 0 ? {} : { refundedLines: [...byLine.values()] };
}
