import type { Fact } from '../../events/all-events.ts';
import type { Cause } from '../../events/envelope.ts';
import { withoutPersonal } from '../../events/personal-fields.ts';
import { fingerprint } from '../kernel/hash.ts';
import { toInstant } from '../kernel/time.ts';
import { TooManyWriters } from '../kernel/too-many-writers.ts';
import {
  type ActOnOrder,
  type Decided,
  factsNamed,
  loadOrder,
  piecesOf,
  type Timeline,
} from '../timeline/index.ts';
import { type ErasureState, erasureStateOf, isErasureRequested } from './erasure-state.ts';
import type { PersonalData } from './ports.ts';

export interface EraseDeps extends ActOnOrder {
  readonly personal: PersonalData;
  /** What an order still waits for, besides its erasure: it needs the personal data until then. */
  readonly openReasons: (facts: readonly Fact[]) => readonly string[];
}

const MAX_CONFLICTS = 20;

/**
 * Removes the personal data of an order that has ended, and then writes the receipt, `order.erased`. The receipt is the
 * last write: a run that stops before it leaves an order without one, and the next run removes what is left. A step
 * that wrote meanwhile may have brought a call of a partner, so that the removal is repeated before the receipt. After
 * the receipt nothing personal is written for the order any more. An order that was erased, or still needs its data,
 * stays as it is. Gives the state afterwards.
 */
export async function eraseOrder(
  deps: EraseDeps,
  orderId: string,
  erasure: { readonly basis: 'asked-for' | 'retention'; readonly cause: Cause },
): Promise<ErasureState> {
  for (let attempt = 0; attempt < MAX_CONFLICTS; attempt += 1) {
    const timeline = await loadOrder(deps.timelines, orderId, { consistent: true });
    const state = erasureStateOf(timeline.facts, deps.openReasons(timeline.facts));
    if (state.state !== 'erasable') return state;
    await deps.personal.clear(orderId);
    const after = await deps.timelines.append({
      timeline,
      facts: [receiptOf(timeline, erasure.basis)],
      cause: erasure.cause,
      now: toInstant(deps.clock()),
    });
    if (after === undefined) continue;
    // A long call of a partner is stored before its facts, and may have been too new for the index that leads to it.
    await deps.personal.clear(orderId);
    return erasureStateOf(after.facts, []);
  }
  throw new TooManyWriters(`order ${orderId}`);
}

/** Erases the order if somebody asked for it: the work that is repeated until the receipt is written. */
export async function eraseIfAsked(deps: EraseDeps, orderId: string, cause: Cause): Promise<void> {
  const { facts } = await loadOrder(deps.timelines, orderId);
  if (isErasureRequested(facts)) await eraseOrder(deps, orderId, { basis: 'asked-for', cause });
}

/** The receipt: the kinds of data that the order had, and a digest of what stays of it. */
function receiptOf({ facts, calls = [] }: Timeline, basis: 'asked-for' | 'retention'): Decided {
  const asked = factsNamed(facts, 'order.erasure_requested').at(-1);
  return {
    name: 'order.erased',
    data: {
      basis: asked === undefined ? basis : 'asked-for',
      ...(asked === undefined ? {} : { erasureId: asked.data.erasureId }),
      calls: calls.length,
      labels: factsNamed(facts, 'parcel.booked').reduce((all, { data }) => all + piecesOf(data).length, 0),
      digest: digestOf(facts),
    },
  };
}

/**
 * SHA-256 over the facts as they stay, in hexadecimal. Whoever computes it again from the facts before the
 * receipt shows that the erasure changed no amount, no date and no step.
 */
export function digestOf(facts: readonly Fact[]): string {
  return fingerprint(withoutPersonal(facts).facts);
}
