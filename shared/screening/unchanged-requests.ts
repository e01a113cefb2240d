import type { Instant } from '../kernel/time.ts';
import type { OperatorRequest } from '../timeline/index.ts';

/**
 * Operators' requests that changed nothing. No fact names them, so that they are kept on their own: a repeat that comes
 * after somebody else has decided must not decide again.
 */
export interface UnchangedRequests {
  /** The print of the kept request with that key. */
  find(orderId: string, key: string): Promise<string | undefined>;
  /** Keeps the request; another one with its key that was kept first stays. */
  keep(orderId: string, request: OperatorRequest, now: Instant): Promise<void>;
}

/** Whether a request with this key changed nothing before: `other` if it asked for something else. */
export async function unchangedBefore(
  requests: UnchangedRequests,
  orderId: string,
  { key, print }: OperatorRequest,
): Promise<'same' | 'other' | undefined> {
  const kept = await requests.find(orderId, key);
  if (kept === undefined) return undefined;
  return kept === print ? 'same' : 'other';
}
