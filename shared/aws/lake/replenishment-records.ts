import type { ReplenishmentFact } from '../../../events/replenishment.ts';
import { type LakeRecord, recordOf } from '../../lake/index.ts';
import type { Image } from '../relay/image.ts';
import { stableId } from './order-records.ts';

/** The records of the facts that a step of a replenishment order appended. */
export function replenishmentRecords({ steps = '' }: Image): LakeRecord[] {
  const facts = JSON.parse(steps) as readonly ReplenishmentFact[];
  return facts.map(({ name, data }) => {
    const { replenishmentOrderId, sequence, at } = data;
    const id = stableId('replenishment', replenishmentOrderId, String(sequence));
    return recordOf(name, { id, occurredAt: at, recordedAt: at }, data);
  });
}
