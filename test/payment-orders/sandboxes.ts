import type { Partners } from '../../infra/sandbox/start-partners.ts';
import type { Instant } from '../../shared/kernel/time.ts';
import type { BoundPaymentProvider, PaymentProvider } from '../../shared/payment/provider.ts';
import { loadPaymentProviders } from '../../shared/payment/providers/index.ts';
import type { PaymentCallback } from '../../shared/payment/receive-payment-callback.ts';
import { countingIds } from '../builders/ids.ts';
import { type Receiver, startFast, startReceiver } from '../contract/partners/sandbox.ts';
import type { PaymentContract } from '../contract/suites/payment-contract.ts';
import { entriesOf, settingsAt } from '../contract/suites/plug-in-entry.ts';
import { impatientSend, present, toCallback } from '../fixtures/partner-calls.ts';

/** A registered provider with its real adapter, bound to its sandbox. */
export interface RunProvider {
  readonly plugIn: PaymentProvider;
  readonly contract: PaymentContract;
  readonly bound: BoundPaymentProvider;
  readonly url: string;
}

/** Every registered provider's sandbox in this process, and what it has called. */
export interface Sandboxes {
  readonly partners: Partners;
  readonly providers: readonly RunProvider[];
  readonly newId: ReturnType<typeof countingIds>;
  /** The time of the order and of every sandbox, ahead of the machine's clock. */
  now(): Instant;
  setAhead(ms: number): void;
  aheadMs(): number;
  /** The genuine calls since the last time, once nothing more is on its way. Counts those that were refused. */
  calls(): Promise<readonly PaymentCallback[]>;
  readonly refusedCalls: () => number;
  stop(): Promise<void>;
}

/** The first number of ids that steps make, above those of the run's orders. */
const OWN_IDS = 10_000_000;

export async function startSandboxes(seed: number): Promise<Sandboxes> {
  const entries = await entriesOf<BoundPaymentProvider, PaymentProvider, PaymentContract>(
    await loadPaymentProviders(),
    'shared/payment/providers',
  );
  const receiver = await startReceiver();
  const own = entries.map(({ partner }) => partner);
  const partners = await startFast(receiver.url, { partners: own, seed, pace: 100 });
  const providers = entries.map((entry): RunProvider => {
    const { plugIn, contract } = entry;
    if (contract.movements === undefined)
      throw new Error(
        `the fixtures of ${plugIn.code} do not show the books of its sandbox: add \`movements\``,
      );
    const url = partners.urlOf(plugIn.code);
    const settings = settingsAt(entry, { url, ...partners.keysOf(plugIn.code) });
    return { plugIn, contract, bound: plugIn.bind(settings, impatientSend(plugIn.code, 2_000)), url };
  });
  let ahead = 0;
  const hooks = hookReader(receiver, partners, providers);
  return {
    ...{ partners, providers, newId: countingIds(OWN_IDS) },
    now: () => new Date(Date.now() + ahead).toISOString(),
    aheadMs: () => ahead,
    setAhead(ms) {
      ahead = ms;
      for (const { plugIn } of providers) partners.moveClock(plugIn.code, ms);
    },
    ...hooks,
    async stop() {
      await partners.stop();
      await receiver.stop();
    },
  };
}

/** Verifies what arrives as the door does. A forged or stale copy is refused; the genuine call comes as well. */
function hookReader(receiver: Receiver, partners: Partners, providers: readonly RunProvider[]) {
  let read = 0;
  let refused = 0;
  return {
    refusedCalls: () => refused,
    async calls(): Promise<readonly PaymentCallback[]> {
      await untilIdle(partners);
      const arrived = receiver.arrived.slice(read);
      read = receiver.arrived.length;
      // Calls that were sent at the same time arrive in any order.
      const inOrder = arrived.toSorted((a, b) => a.path.localeCompare(b.path) || a.raw.length - b.raw.length);
      const calls: PaymentCallback[] = [];
      for (const one of inOrder) {
        const code = new URL(one.path, 'http://receiver').pathname.split('/').at(-1) ?? '';
        const provider = providers.find(({ plugIn }) => plugIn.code === code);
        if (provider === undefined) throw new Error(`a call of ${code}, which was not started`);
        const callback = toCallback(one);
        const verdict = await provider.bound.verify(present(), callback);
        if (!verdict.genuine) {
          refused += 1;
          continue;
        }
        const { callbackId, parts = [{ callbackId, rawBody: callback.rawBody }] } = verdict;
        calls.push(...parts.map((part) => ({ code, ...part })));
      }
      return calls;
    },
  };
}

const IDLE_MS = 20_000;

async function untilIdle(partners: Partners): Promise<void> {
  const end = performance.now() + IDLE_MS;
  while (!partners.idle()) {
    if (performance.now() > end) throw new Error('the sandboxes do not come to rest');
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
