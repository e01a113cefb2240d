import type { Behaviour } from '../faults.ts';

/** What a carrier sees of a parcel, in the trade's own terms; each partner has its own words for it. */
export type ScanKind =
  | 'accepted'
  | 'departed'
  | 'arrived'
  | 'at-depot'
  /** Export customs cleared. */
  | 'exported'
  /** In the country of destination, presented to import customs. */
  | 'imported'
  | 'cleared'
  | 'held'
  | 'out-for-delivery'
  | 'attempted'
  | 'delivered'
  | 'refused'
  | 'returned'
  | 'lost'
  | 'damaged';

/** A scan that is to come, and how long after the one before it (before pacing). */
export interface PlannedScan {
  readonly kind: ScanKind;
  readonly delayMs: number;
}

const plan = (kind: ScanKind, delayMs: number): PlannedScan => ({ kind, delayMs });
const accepted = plan('accepted', 200);
const out = plan('out-for-delivery', 350);
const delivered = plan('delivered', 350);

/** Six scans from the counter to the door; a border adds export and import customs in place of domestic sorting. */
function usualCourse(crossesBorder: boolean): readonly PlannedScan[] {
  const between = crossesBorder
    ? [plan('exported', 300), plan('imported', 350), plan('cleared', 300)]
    : [plan('departed', 300), plan('arrived', 350), plan('at-depot', 300)];
  return [accepted, ...between, out, delivered];
}

/** The scans that a parcel will meet after it was handed over. */
export function planCourse(crossesBorder: boolean, behaviour: Behaviour | undefined): readonly PlannedScan[] {
  const usual = usualCourse(crossesBorder);
  const halfway = usual.slice(0, 3);
  const atDepot = usual.slice(0, -2);
  if (behaviour === 'stalled') return usual.slice(0, 2);
  if (behaviour === 'lost') return [...halfway, plan('lost', 500)];
  if (behaviour === 'damaged') return [...halfway, plan('damaged', 500)];
  if (behaviour === 'held') return [...halfway, plan('held', 250), plan('cleared', 600), out, delivered];
  if (behaviour === 'attempt_failed') return [...atDepot, out, plan('attempted', 300), out, delivered];
  if (behaviour === 'returned') return [...atDepot, out, plan('refused', 300), plan('returned', 600)];
  return usual;
}
