import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seed } from '../../infra/cli/sample-shop/seed.ts';
import { sampleShop } from '../../infra/cli/sample-shop/storefront.ts';
import { storefrontClient } from '../../infra/cli/start/demo-order.ts';
import type { FunctionFiles } from '../../infra/local/lambda/build-functions.ts';
import { builtFunctions } from '../../infra/local/lambda/built-functions.ts';
import { type Backend, type BackendOptions, startBackend } from '../../infra/local/start-backend.ts';
import { synthesise } from '../../infra/local/synthesise.ts';
import { Shopper } from './shopper.ts';

export interface RunningBackend {
  readonly backend: Backend;
  readonly shopper: Shopper;
  readonly storefrontKey: string;
  readonly stripeUrl: string;
  stop(): Promise<void>;
}

let built: Promise<FunctionFiles> | undefined;

/** Divides the delays of the sandboxes: without it most of the time of a test is waiting for simulated scans. */
export const PACE = 4;

/** Starts the backend with the sample shop in this process, on a free port. Its data folder is deleted at the stop. */
export async function runBackend(options: Partial<BackendOptions> = {}): Promise<RunningBackend> {
  built ??= synthesise().then(builtFunctions);
  const files = await built;
  const dataDir = await mkdtemp(join(tmpdir(), 'entrepot-e2e-'));
  const backend = await startBackend({ port: 0, dataDir, files, pace: PACE, ...options });
  const { storefrontKey } = await seed(backend.operator);
  backend.openShop(await sampleShop(storefrontKey, backend.partners));
  return {
    backend,
    storefrontKey,
    shopper: new Shopper(storefrontClient(backend.url, storefrontKey)),
    stripeUrl: backend.partners.urlOf('stripe'),
    async stop() {
      await backend.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export interface OperatorView {
  readonly status: string;
  readonly attention: readonly { readonly reason: string }[];
  readonly ledger: readonly {
    readonly postings: readonly {
      readonly account: string;
      readonly amount: { amount: number; currency: string };
    }[];
  }[];
  readonly facts: readonly { readonly name: string; readonly data: Record<string, unknown> }[];
  readonly landedCost: {
    readonly totals: Readonly<Record<string, { amount: number; currency: string }>>;
    readonly consignments: readonly {
      readonly scheme: string;
      readonly dataSet?: string;
      readonly shipFrom: string;
      readonly freight?: { readonly amount: number; readonly currency: string };
    }[];
  };
}

/** The order as an operator sees it. */
export function operatorView({ operator }: Backend, orderId: string): Promise<OperatorView> {
  return operator.call<OperatorView>({ method: 'GET', path: `/v1/admin/orders/${orderId}` });
}

/** The balance of each account over all journals of the order, in minor units: debits minus credits. */
export function balances({ ledger }: OperatorView): Record<string, number> {
  const all: Record<string, number> = {};
  for (const { account, amount } of ledger.flatMap(({ postings }) => postings)) {
    all[account] = (all[account] ?? 0) + amount.amount;
  }
  return all;
}

/** The sums of journals whose postings do not add up to zero. The list is empty for a correct ledger. */
export function imbalances({ ledger }: OperatorView): number[] {
  return ledger
    .map(({ postings }) => postings.reduce((all, { amount }) => all + amount.amount, 0))
    .filter((sum) => sum !== 0);
}
