import type { OtherRecordData } from '../../events/lake-records.ts';
import { type LakeRecord, recordOf } from '../../shared/lake/record.ts';

let stored = 0;

/** An id of its own, so that a cost that is stored again is another record. */
const at = (kind: string, occurredAt: string) => {
  stored += 1;
  return { id: `${kind}:${stored}`, occurredAt, recordedAt: occurredAt };
};

/** What a unit of a product costs from a day on, as it was stored at `storedAt`. */
export const purchaseCost = (
  data: OtherRecordData<'purchase-cost.stored'>,
  storedAt = '2026-11-01T08:00:00.000Z',
): LakeRecord => recordOf('purchase-cost.stored', at('purchase-cost', storedAt), data);
/** What marketing cost on a day, as it was stored at `storedAt`. */
export const marketingCost = (
  data: OtherRecordData<'marketing-cost.stored'>,
  storedAt = '2026-11-29T08:00:00.000Z',
): LakeRecord => recordOf('marketing-cost.stored', at('marketing-cost', storedAt), data);
