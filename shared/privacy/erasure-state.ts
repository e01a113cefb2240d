import type { Fact } from '../../events/all-events.ts';
import { factsNamed } from '../timeline/index.ts';

/** What an order's facts say of the erasure of its personal data. */
export type ErasureState =
  | { readonly state: 'erased'; readonly erasedAt: string; readonly digest: string }
  /** Nothing stands against it. */
  | { readonly state: 'erasable' }
  /** The data is still needed. */
  | { readonly state: 'waiting'; readonly waitingFor: string };

/** Whether somebody asked to erase the order's personal data. */
export const isErasureRequested = (facts: readonly Fact[]): boolean =>
  facts.some(({ name }) => name === 'order.erasure_requested');

/**
 * The state of the erasure. An order that has not ended needs its details, and so does one that a person has to look
 * at or that owes somebody something. `openReasons`: what the order waits for besides the erasure.
 */
export function erasureStateOf(facts: readonly Fact[], openReasons: readonly string[]): ErasureState {
  const receipt = factsNamed(facts, 'order.erased').at(-1);
  if (receipt !== undefined)
    return { state: 'erased', erasedAt: receipt.recordedAt, digest: receipt.data.digest };
  const [waitingFor] = openReasons;
  return waitingFor === undefined ? { state: 'erasable' } : { state: 'waiting', waitingFor };
}
