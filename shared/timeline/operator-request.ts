import type { Fact } from '../../events/all-events.ts';
import type { Cause } from '../../events/envelope.ts';
import { fingerprint } from '../kernel/hash.ts';

/** An operator's request, as the facts that follow from it name it in their cause. */
export type OperatorRequest = NonNullable<Cause['request']>;

const PRINT_DIGITS = 16;

/** The request with that idempotency key that asks for this. Equal keys and equal wishes have equal prints. */
export function operatorRequest(key: string, wish: unknown): OperatorRequest {
  return { key: printOf(key), print: printOf(wish) };
}

const printOf = (value: unknown) => fingerprint(value).slice(0, PRINT_DIGITS);

/**
 * Whether the facts follow from an earlier request with this key: `same` if it asked for the same, so that nothing more
 * has to follow; `other` if it asked for something else. Undefined: the key is new, or there is none.
 */
export function earlierRequest(
  facts: readonly Fact[],
  request: OperatorRequest | undefined,
): 'same' | 'other' | undefined {
  if (request === undefined) return undefined;
  const earlier = facts.find(({ cause }) => cause.request?.key === request.key);
  if (earlier === undefined) return undefined;
  return earlier.cause.request?.print === request.print ? 'same' : 'other';
}
