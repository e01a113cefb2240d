import type { FactName } from '../../events/all-events.ts';
import type { FactRecord, LakeRecord } from './record.ts';

/** The order's fact in a record, if it has one of these names. */
export function factIn<const Name extends FactName>(
  record: LakeRecord,
  ...names: readonly Name[]
): FactRecord<Name> | undefined {
  return (names as readonly string[]).includes(record.name) ? (record as FactRecord<Name>) : undefined;
}
