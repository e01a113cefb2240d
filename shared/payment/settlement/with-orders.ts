import { inBatches, type ReferenceReader } from '../../timeline/index.ts';
import type { SettlementRow } from '../settlement-row.ts';

/** How many lines are looked up at once. */
const LINES_AT_ONCE = 10;

/**
 * Lines of a carrier's remittance with the order of each, which is found by the tracking number in `reference`. A line
 * whose label is not ours stays without an order, and is reported as missing here.
 */
export function withOrders(
  rows: readonly SettlementRow[],
  orderOfLabel: (trackingNumber: string) => Promise<string | undefined>,
): Promise<readonly SettlementRow[]> {
  return inBatches(rows, LINES_AT_ONCE, async (row) => {
    if (row.orderId !== undefined) return row;
    const orderId = await orderOfLabel(row.reference);
    return orderId === undefined ? row : { ...row, orderId };
  });
}

/** Finds the order of a label by its tracking number at any of these carriers. */
export const orderOfLabel =
  (references: ReferenceReader, carriers: readonly string[]) =>
  async (reference: string): Promise<string | undefined> => {
    for (const code of carriers) {
      const found = await references.orderOf({ kind: 'carrier', code, reference });
      if (found !== undefined) return found.orderId;
    }
    return undefined;
  };
