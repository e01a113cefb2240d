import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Bill } from '../../../shared/usage/bill.ts';
import { builtFunctions } from '../../local/lambda/built-functions.ts';
import { lockData } from '../../local/lock-data.ts';
import { type Backend, startBackend } from '../../local/start-backend.ts';
import { synthesise } from '../../local/synthesise.ts';
import type { Checkout } from '../../sandbox/checkout.ts';
import { checkoutAt } from '../../sandbox/find-checkout.ts';
import { signInAt } from '../client/local-sign-in.ts';
import { OPERATOR_SCOPES, type SignIn } from '../client/operator-client.ts';
import { samplePartners } from '../sample-shop/sample-partners.ts';
import { sampleCheckout } from '../sample-shop/storefront.ts';
import type { ReplayOptions } from './replay-options.ts';

/** The backend for the replay: its own, or one that runs already. */
export interface Target {
  readonly url: string;
  /** How the shoppers pay. */
  readonly checkout: Checkout;
  readonly signIn: SignIn;
  /**
   * Starts the meter. Returns a function that gives the bill since then, divided by a number of orders. Undefined if
   * the backend cannot be metered.
   */
  meter(): ((orders: number) => Bill) | undefined;
  stop(): Promise<void>;
}

/** Divides the delays of the sandboxes. A parcel is delivered about a third of a second after its dispatch order. */
const PACE = 10;

/** Starts a local cloud with new data in `folder`, or uses the running backend that the options name. */
export async function findTarget(
  { url, paymentUrl, dataDir: theirData }: ReplayOptions,
  folder: string,
  say: (text: string) => void,
): Promise<Target> {
  if (url !== undefined && paymentUrl !== undefined) {
    const checkout = await checkoutAt(samplePartners.payment, paymentUrl);
    return { url, checkout, signIn: signInAt(url, theirData), meter: () => undefined, stop: async () => {} };
  }
  const dataDir = resolve(folder, 'cloud');
  const assemblyDir = resolve(folder, 'cdk.out');
  clear(dataDir);
  say('synthesising the stacks and bundling the functions');
  await synthesise(assemblyDir);
  const files = await builtFunctions();
  const backend: Backend = await startBackend({
    ...{ port: 0, dataDir, assemblyDir, files },
    pace: PACE,
    progress: say,
  });
  return {
    url: backend.url,
    checkout: await sampleCheckout(backend.partners),
    signIn: () => backend.cloud.issueToken(OPERATOR_SCOPES),
    meter: () => {
      const before = backend.counts();
      return (orders) => backend.bill(orders, before);
    },
    stop: () => backend.stop(),
  };
}

/**
 * Removes the data, because every replay begins with an empty table. Throws when another replay runs in this folder.
 */
function clear(dataDir: string): void {
  const release = lockData(dataDir);
  release();
  rmSync(join(dataDir), { recursive: true, force: true });
}
