import type { ApiClient } from '../client/api-client.ts';
import { callAgain } from './call-again.ts';

/** Why an order waits for a person. */
export interface Hold {
  /** The rule of screening that held it, or the reason that another stage gave. */
  readonly rule: string;
  /** What was found, with the limit that it was measured by. */
  readonly finding: string;
}

interface HeldFact {
  readonly name: string;
  readonly data?: {
    readonly reason?: string;
    readonly findings?: readonly {
      readonly ruleId: string;
      readonly outcome: string;
      readonly explanation: string;
    }[];
  };
}

/** Why the order was held last, as its facts say; nothing when it never was. */
export function holdsIn(facts: readonly HeldFact[]): readonly Hold[] {
  const held = facts.findLast(({ name }) => name === 'screening.held' || name === 'order.held');
  const { reason, findings = [] } = held?.data ?? {};
  if (reason !== undefined) return [{ rule: reason, finding: 'a stage after screening asks for a person' }];
  return findings
    .filter(({ outcome }) => outcome === 'hold')
    .map(({ ruleId, explanation }) => ({ rule: ruleId, finding: explanation }));
}

/** Asks the backend, as an operator, why the order was held last. */
export async function readHolds(
  operator: ApiClient,
  orderId: string,
  signal: AbortSignal,
): Promise<readonly Hold[]> {
  const { facts } = await callAgain(
    () =>
      operator.call<{ readonly facts: readonly HeldFact[] }>({
        method: 'GET',
        path: `/v1/admin/orders/${orderId}`,
      }),
    signal,
  );
  return holdsIn(facts);
}
