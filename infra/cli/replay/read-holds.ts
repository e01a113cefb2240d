import type { ApiClient } from '../client/api-client.ts';
import { callAgain } from './call-again.ts';

/** The reason why an order waits for a person. */
export interface Hold {
  /** The screening rule that held the order, or the reason that another stage gave. */
  readonly rule: string;
  /** The finding, with the limit that it exceeded. */
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

/** The reasons why the order was held last, from its facts. Empty if it was never held. */
export function holdsIn(facts: readonly HeldFact[]): readonly Hold[] {
  const held = facts.findLast(({ name }) => name === 'screening.held' || name === 'order.held');
  const { reason, findings = [] } = held?.data ?? {};
  if (reason !== undefined)
    return [{ rule: reason, finding: 'a stage after screening needs a decision by a person' }];
  return findings
    .filter(({ outcome }) => outcome === 'hold')
    .map(({ ruleId, explanation }) => ({ rule: ruleId, finding: explanation }));
}

/** Asks the backend, as an operator, for the reasons why the order was held last. */
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
