import { defined } from '../../shared/kernel/defined.ts';
import type { Counts } from '../../shared/usage/bill.ts';
import { type Bill, bill } from '../../shared/usage/bill.ts';
import { type ApiClient, createApiClient } from '../cli/client/api-client.ts';
import { OPERATOR_SCOPES } from '../cli/client/operator-client.ts';
import { findSandboxPartners } from '../sandbox/registry.ts';
import { type Partners, startPartners } from '../sandbox/start-partners.ts';
import {
  createStorefront,
  STOREFRONT_PATH,
  type StorefrontSettings,
} from '../sandbox/storefront/serve-storefront.ts';
import { SAMPLE_SUPPLIER, supplierSandbox } from '../sandbox/supplier/partner.ts';
import type { TestAccount } from '../test-accounts/test-account.ts';
import { refuseOtherPartners, useTestAccounts } from '../test-accounts/use-test-accounts.ts';
import type { FaultRates } from './faults/create-strike.ts';
import { fileLog } from './file-log.ts';
import { createLocalAddresses } from './front/local-addresses.ts';
import { createConsole } from './front/serve-console.ts';
import type { FunctionFiles } from './lambda/build-functions.ts';
import { type LocalCloud, startLocalCloud } from './start-local-cloud.ts';
import { reportStopFailure, stopAll } from './stop-all.ts';
import { storePartnerSettings } from './store-partner-settings.ts';

export interface BackendOptions {
  /** Port of the HTTP API. With 0 a free port is chosen. */
  readonly port: number;
  readonly dataDir: string;
  readonly assemblyDir?: string;
  /** The code to run in place of the bundles of the app; see `builtFunctions`. */
  readonly files?: FunctionFiles | undefined;
  /** Divides all delays of the sandbox partners. */
  readonly pace?: number;
  readonly faultSeed?: number | undefined;
  readonly faultRates?: FaultRates;
  /** Accounts at real partners, which take the place of their sandboxes. Their events are polled. */
  readonly testAccounts?: readonly TestAccount[];
  /** Sandbox partners that already run, in the place of new ones. They are not stopped with the backend. */
  readonly partners?: Partners;
  /** Receives a line about each poll that found something, and about each failure. */
  readonly polled?: (line: string) => void;
  /** The time by which alarms are evaluated, in milliseconds since 1970. The default is the machine's clock. */
  readonly watchClock?: () => number;
  /** The longest time for which batches for the lake are gathered. The default is three seconds. */
  readonly gatherMs?: number;
  /** Receives the present step, in words for the terminal. */
  readonly progress?: (step: string) => void;
}

/** The whole backend on this machine: the synthesised stacks, and the sandbox partners that they call. */
export interface Backend {
  readonly url: string;
  readonly cloud: LocalCloud;
  readonly partners: Partners;
  /** A client with an operator's token. */
  readonly operator: ApiClient;
  /** The sample shop's address, for a browser. */
  readonly shopUrl: string;
  /** Opens the sample shop. Call it when the shop has products to sell. */
  openShop(settings: StorefrontSettings): void;
  counts(): Counts;
  /** The bill for the units counted since the start, or since the given counts. */
  bill(orders: number, since?: Counts): Bill;
  /** Whether all work is finished, in the backend and at the partners. */
  isQuiescent(): boolean;
  stop(): Promise<void>;
}

/** With injected faults a function crashes often: its messages come back after this time, where queues say minutes. */
const REDELIVER_CRASHED_AFTER_MS = 1_000;

/**
 * The fault rates of a start with `--fault-seed`. Faults are frequent enough to be seen, and rare enough that orders
 * are delivered.
 */
const FAULT_RATES: FaultRates = {
  duplicate: 0.05,
  delay: 0.05,
  reorder: 0.05,
  drop: 0.02,
  throttle: 0.01,
  conflict: 0.02,
  kill: 0.002,
};

/** Starts the partners and the local cloud with one data folder. If an earlier run was killed, its work continues. */
export async function startBackend(options: BackendOptions): Promise<Backend> {
  const { dataDir, assemblyDir = 'cdk.out', progress = () => {}, testAccounts = [] } = options;
  const stops: (() => Promise<void>)[] = [];
  const stop = () => stopAll(stops);
  try {
    refuseOtherPartners(dataDir, testAccounts);
    const accounts = await useTestAccounts(testAccounts, { dataDir, say: options.polled ?? (() => {}) });
    progress('starting the local cloud');
    const storefront = createStorefront();
    const addresses = createLocalAddresses();
    const cloud = await startLocalCloud({
      mounts: [storefront.mount, addresses.mount, createConsole()],
      assemblyDir,
      dataDir,
      port: options.port,
      ...defined({ files: options.files, gatherMs: options.gatherMs }),
      ...faultsOf(options),
      ...(options.watchClock === undefined ? {} : { watchClock: options.watchClock }),
    });
    stops.push(() => cloud.stop());
    progress('starting the sandbox partners');
    const partners = options.partners ?? (await startSandboxes(options, cloud.url));
    if (options.partners === undefined) stops.push(() => partners.stop());
    addresses.set({ sandboxes: partners.urls });
    await storePartnerSettings(cloud.awsUrl, partners.settings(), accounts.settings);
    const polling = accounts.poll(cloud.url);
    stops.push(() => polling.stop());
    const token = await cloud.issueToken(OPERATOR_SCOPES);
    return {
      url: cloud.url,
      cloud,
      partners,
      operator: createApiClient(cloud.url, { authorization: `Bearer ${token}` }),
      shopUrl: `${cloud.url}${STOREFRONT_PATH}`,
      openShop: (settings) => {
        storefront.open(settings);
        addresses.set({ storefrontKey: settings.storefrontKey, shop: STOREFRONT_PATH });
      },
      counts: () => cloud.counts(),
      bill: (orders, since = {}) => bill(difference(cloud.counts(), since), orders),
      isQuiescent: () => cloud.isQuiescent() && partners.idle(),
      stop,
    };
  } catch (error) {
    await stop().catch(reportStopFailure);
    throw error;
  }
}

/** Starts the sandboxes of the partners that have no test account. */
async function startSandboxes(options: BackendOptions, hooksBaseUrl: string): Promise<Partners> {
  const { dataDir, port, testAccounts = [] } = options;
  const real = new Set(testAccounts.map(({ code }) => code));
  return await startPartners({
    dataDir,
    partners: [
      ...(await findSandboxPartners()).filter(({ code }) => !real.has(code)),
      supplierSandbox(SAMPLE_SUPPLIER, 4),
    ],
    // The partners take the next ports, so that addresses in labels and pages stay the same after a restart.
    port: port === 0 ? 0 : port + 1,
    hooksBaseUrl,
    ...(options.pace === undefined ? {} : { pace: options.pace }),
    ...(options.faultSeed === undefined ? {} : { seed: options.faultSeed }),
    log: partnerLog(dataDir),
  });
}

/** The injected faults of a start; none where it asks for none. */
function faultsOf({ faultSeed, faultRates }: BackendOptions) {
  if (faultSeed === undefined && faultRates === undefined) return {};
  const redeliverCrashedAfterMs = REDELIVER_CRASHED_AFTER_MS;
  return { ...defined({ seed: faultSeed }), faultRates: faultRates ?? FAULT_RATES, redeliverCrashedAfterMs };
}

/** Takes the failures of the sandboxes into a file alone: a caller that goes away counts as one. */
function partnerLog(dataDir: string): (message: string, detail: unknown) => void {
  const log = fileLog(dataDir, 'partners.log', () => false);
  return (message, detail) => log({ level: 'error', source: 'partners', message, detail });
}

/** The difference of two counts. Units that did not change are left out. */
export function difference(now: Counts, before: Counts): Counts {
  const units = Object.entries(now).map(([unit, count]) => [unit, count - (before[unit] ?? 0)] as const);
  return Object.fromEntries(units.filter(([, count]) => count > 0));
}
