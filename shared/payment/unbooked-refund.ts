import type { Fact } from '../../events/all-events.ts';
import { type Decision, holdOnce, nothing, REFUND_STUCK, REFUNDED_AFTER_FAILURE } from '../timeline/index.ts';
import type { ProviderRefund } from './provider.ts';

/**
 * What follows from a word about a refund that is not booked; undefined if it is to be booked. A person looks where the
 * provider can't go on by itself, and where it paid a refund of which it had said that it failed: another refund of the
 * same money may have been made since.
 */
export function unbookedRefund(
  facts: readonly Fact[],
  known: { readonly status: 'asked' | 'paid' | 'failed' },
  { status, failureCode }: ProviderRefund,
): Decision | undefined {
  if (status === 'pending')
    return known.status === 'asked' && failureCode !== undefined ? look(facts, REFUND_STUCK) : nothing;
  if (known.status === 'failed' && status === 'paid') return look(facts, REFUNDED_AFTER_FAILURE);
  return known.status === 'failed' || known.status === status ? nothing : undefined;
}

const look = (facts: readonly Fact[], reason: string): Decision => ({
  facts: holdOnce(facts, reason),
  notices: [],
});
