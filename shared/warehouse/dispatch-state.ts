import type { Fact } from '../../events/all-events.ts';
import type { Instant } from '../kernel/time.ts';
import { defineTransitions, mayMove } from '../kernel/transitions.ts';

export type DispatchStatus = 'requested' | 'accepted' | 'short' | 'handed-over' | 'cancelled';

/**
 * The legal transitions of a dispatch order on the warehouse's reports. Missing units may turn up, so `short` is not
 * final. A parcel that left although the warehouse had stopped it is recorded as left.
 */
export const dispatchTransitions = defineTransitions<DispatchStatus>('requested', {
  requested: ['accepted', 'short', 'handed-over', 'cancelled'],
  accepted: ['short', 'handed-over', 'cancelled'],
  short: ['handed-over', 'cancelled'],
  'handed-over': [],
  cancelled: ['handed-over'],
});

/** One dispatch order, computed from the order's facts. */
export interface DispatchState {
  readonly dispatchId: string;
  readonly parcelId: string;
  readonly warehouseId: string;
  readonly warehouseSystem: string;
  readonly status: DispatchStatus;
  readonly requestedAt: Instant;
  /** The number of the fact that set its status. */
  readonly sequence: number;
}

const statusOf = {
  'dispatch.accepted': 'accepted',
  'dispatch.short': 'short',
  'dispatch.cancelled': 'cancelled',
} as const;

/** Every dispatch order of the order, oldest first. */
export function dispatchesOf(facts: readonly Fact[]): DispatchState[] {
  const dispatches = new Map<string, DispatchState>();
  const move = (dispatchId: string, to: DispatchStatus, sequence: number) => {
    const before = dispatches.get(dispatchId);
    if (before === undefined) throw new Error(`dispatch order ${dispatchId} was never requested`);
    if (!mayMove(dispatchTransitions, before.status, to))
      throw new Error(`dispatch order ${dispatchId} can't go from ${before.status} to ${to}`);
    dispatches.set(dispatchId, { ...before, status: to, sequence });
  };
  for (const fact of facts) {
    const sequence = fact.sequence;
    switch (fact.name) {
      case 'dispatch.requested':
        dispatches.set(fact.data.dispatchId, {
          ...fact.data,
          status: 'requested',
          requestedAt: fact.recordedAt,
          sequence,
        });
        break;
      case 'dispatch.accepted':
      case 'dispatch.short':
      case 'dispatch.cancelled':
        move(fact.data.dispatchId, statusOf[fact.name], sequence);
        break;
      case 'parcel.dispatched':
        move(fact.data.dispatchId, 'handed-over', sequence);
        break;
    }
  }
  return [...dispatches.values()];
}

/** Whether the warehouse still has work on it. */
export function isOpen({ status }: DispatchState): boolean {
  return status !== 'handed-over' && status !== 'cancelled';
}
