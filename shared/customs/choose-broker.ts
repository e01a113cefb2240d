import type { BoundBroker } from './broker.ts';

/** What the choice of a broker is made from. */
export interface BrokerChoice {
  /** The seller's choice by regime. */
  readonly chosen: Readonly<Record<string, string>> | undefined;
  /** Codes of all brokers of the registry, in its order. */
  readonly registered: readonly string[];
  /** Undefined for a broker that has no settings here. */
  readonly find: (code: string) => Promise<BoundBroker | undefined>;
}

/**
 * The broker that files under a regime: the one that the seller chose for it, else the first that has settings.
 * Throws when the chosen one has none, or none has: the declaration is tried again until somebody stores them.
 */
export async function chooseBroker(
  regime: string,
  { chosen, registered, find }: BrokerChoice,
): Promise<BoundBroker> {
  const code = chosen?.[regime];
  if (code !== undefined) {
    const broker = await find(code);
    if (broker === undefined)
      throw new Error(`the broker ${code}, chosen for ${regime}, has no settings here`);
    return broker;
  }
  for (const candidate of registered) {
    const broker = await find(candidate);
    if (broker !== undefined) return broker;
  }
  throw new Error('no customs broker has settings here');
}
