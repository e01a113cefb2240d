import type { Behaviour } from '../faults.ts';

/** The kinds of scans of a parcel. Each partner has its own name for a kind. */
export type ScanKind =
  | 'accepted'
  | 'departed'
  | 'arrived'
  | 'at-depot'
  /** The parcel passed export customs. */
  | 'exported'
  /** The parcel is in the country of destination, and import customs has it. */
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

/** A future scan, and the time between the scan before and this one (before the pace divides it). */
export interface PlannedScan {
  readonly kind: ScanKind;
  readonly delayMs: number;
}

const plan = (kind: ScanKind, delayMs: number): PlannedScan => ({ kind, delayMs });
const accepted = plan('accepted', 200);
const out = plan('out-for-delivery', 350);
const delivered = plan('delivered', 350);

/** Six scans from the first one to delivery. Across a border, export and import customs replace domestic sorting. */
function usualCourse(crossesBorder: boolean): readonly PlannedScan[] {
  const between = crossesBorder
    ? [plan('exported', 300), plan('imported', 350), plan('cleared', 300)]
    : [plan('departed', 300), plan('arrived', 350), plan('at-depot', 300)];
  return [accepted, ...between, out, delivered];
}

/** The scans of a parcel after its handover. */
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
