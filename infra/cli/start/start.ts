import { resolve } from 'node:path';
import type { FunctionFiles } from '../../local/lambda/build-functions.ts';
import { builtFunctions } from '../../local/lambda/built-functions.ts';
import { type Backend, startBackend } from '../../local/start-backend.ts';
import { reportStopFailure } from '../../local/stop-all.ts';
import { synthesise } from '../../local/synthesise.ts';
import { defaultKeyFile, readKeyFile } from '../../test-accounts/key-file.ts';
import { findTestAccounts } from '../../test-accounts/registry.ts';
import type { TestAccount } from '../../test-accounts/test-account.ts';
import { ApiProblem } from '../client/api-client.ts';
import { connectSampleSupplier } from '../sample-shop/sample-supplier.ts';
import { seed } from '../sample-shop/seed.ts';
import { fileRecord, type ShopRecordStore } from '../sample-shop/shop-record.ts';
import { sampleCheckout, sampleShop } from '../sample-shop/storefront.ts';
import { Interrupted, type Interruption, listenForInterruption } from '../terminal/until-interrupted.ts';
import { accountCheckout } from './account-checkout.ts';
import { closing, firstAddresses } from './closing.ts';
import { storefrontClient } from './demo-order.ts';
import { partnerLines } from './partner-lines.ts';
import { showDemoOrder } from './show-demo-order.ts';
import type { StartOptions } from './start-options.ts';

/**
 * Starts the backend with its sample shop, and keeps it running until Ctrl-C or SIGTERM. Then the process ends with
 * exit code 0. If the signal comes before the backend is running, the exit code is 130 or 143. Throws an Error whose
 * message can be shown to the user when the backend cannot start.
 */
export async function start(options: StartOptions): Promise<void> {
  const testAccounts = await openTestAccounts(options);
  const interruption = listenForInterruption();
  const begun: Promise<Backend>[] = [];
  const say = (text: string) => {
    if (!options.quiet) console.log(text);
  };
  const boot = (files: FunctionFiles | undefined) => {
    const backend = startBackend({
      port: options.port,
      dataDir: resolve(options.dataDir),
      ...(options.assemblyDir === undefined ? {} : { assemblyDir: options.assemblyDir }),
      faultSeed: options.faultSeed,
      files,
      testAccounts,
      polled: (line) => say(`${elapsed()}  ${line}`),
    });
    begun.push(backend);
    return backend;
  };
  // The stop waits until the boot has ended. A failed boot has already stopped everything that it started.
  const stop = async () => {
    const [booted] = await Promise.allSettled(begun);
    if (booted?.status === 'fulfilled') await booted.value.stop();
  };
  // A terminal prints ^C without a line break.
  void interruption.asked.then(() => say('\nstopping; another Ctrl-C ends the process at once'));
  try {
    await interruption.race(open({ ...options, testAccounts }, boot, interruption));
    await interruption.asked;
    await stop();
    say('the backend is stopped; its data is kept');
    process.exit(0);
  } catch (error) {
    await stop().catch(reportStopFailure);
    if (!(error instanceof Interrupted)) throw error;
    say('stopped before the start was complete; the next start continues');
    process.exit(error.exitCode);
  }
}

/** Starts everything, and returns the closing lines. */
async function open(
  options: StartOptions & { readonly testAccounts: readonly TestAccount[] },
  boot: (files: FunctionFiles | undefined) => Promise<Backend>,
  { signal }: Interruption,
): Promise<void> {
  const { dataDir, quiet, testAccounts } = options;
  const say = (text: string) => {
    if (!quiet && !signal.aborted) console.log(text);
  };
  const sayTimed = (text: string) => say(`${elapsed()}  ${text}`);
  const files = await prepareAssembly(options, signal, sayTimed);
  const backend = await boot(files);
  if (signal.aborted) return;
  sayTimed('the backend is running');
  say(`\n${firstAddresses(backend.url).join('\n')}\n`);
  if (testAccounts.length > 0) say(`${partnerLines(testAccounts, backend.partners.urls).join('\n')}\n`);

  const records = fileRecord(resolve(dataDir));
  const storefrontKey = await openShop(backend, records, options.empty, sayTimed);
  const realCheckout = await accountCheckout(testAccounts);
  const checkout = realCheckout ?? (await sampleCheckout(backend.partners));
  const hasPage = storefrontKey !== undefined && realCheckout === undefined;
  if (hasPage) backend.openShop(await sampleShop(storefrontKey, backend.partners));
  if (storefrontKey !== undefined && wantsDemo(options, records, sayTimed)) {
    const storefront = storefrontClient(backend.url, storefrontKey);
    await showDemoOrder({ backend, storefront, checkout, say, sayTimed });
    noteDemoShown(records);
  }
  if (options.watch) {
    // The import is here because the bundler takes long to load.
    const { watchSources } = await import('../../local/watch-sources.ts');
    await watchSources(backend.cloud, resolve(dataDir), sayTimed);
  }
  const { url, partners } = backend;
  const shopUrl = hasPage ? backend.shopUrl : undefined;
  const running = { url, shopUrl, partnerUrls: partners.urls, checkout, dataDir, storefrontKey };
  say('');
  if (!signal.aborted) console.log(closing(running).join('\n'));
}

/** The test accounts of the key file; none where all partners are sandboxes. Throws an Error that can be shown. */
async function openTestAccounts({ partners, partnerKeys }: StartOptions): Promise<readonly TestAccount[]> {
  if (partners === 'sandbox') return [];
  return readKeyFile(partnerKeys ?? defaultKeyFile(), await findTestAccounts());
}

/** The seconds since this process began, in a column. */
function elapsed(): string {
  return `${(performance.now() / 1000).toFixed(1).padStart(6)} s`;
}

/** Gives the code of the present sources; undefined where the bundles of a given app are to run as they are. */
async function prepareAssembly(
  { assemblyDir }: StartOptions,
  signal: AbortSignal,
  sayTimed: (text: string) => void,
): Promise<FunctionFiles | undefined> {
  if (assemblyDir !== undefined) return undefined;
  const onStart = () => sayTimed('synthesising the stacks and bundling the functions (some 20 s)');
  const isNew = await synthesise('cdk.out', { signal, onStart });
  if (!isNew) sayTimed('no source changed: this start uses the stacks of the last start');
  return builtFunctions();
}

/**
 * Gives the key of the sample storefront. Stores the missing parts of the sample shop first. Undefined if the shop is
 * empty.
 */
async function openShop(
  { operator, url, partners }: Backend,
  records: ShopRecordStore,
  isEmpty: boolean,
  sayTimed: (text: string) => void,
): Promise<string | undefined> {
  const record = records.read();
  if (record?.kind === 'empty' || (isEmpty && record === undefined)) {
    if (record === undefined) records.write({ kind: 'empty', stored: [] });
    sayTimed('the shop is empty and stays empty: give another --data folder for a sample shop');
    return undefined;
  }
  if (isEmpty) sayTimed('--empty has no effect: this data folder already has the sample shop');
  const shop = await seed(operator, { records, isKnownKey: (key) => isKnownKey(url, key) });
  await connectSampleSupplier(operator, partners);
  sayTimed(
    shop.isNew
      ? `the sample shop is stored: ${shop.products} products, two warehouses`
      : 'an earlier start stored the sample shop; its data are unchanged',
  );
  return shop.storefrontKey;
}

async function isKnownKey(url: string, key: string): Promise<boolean> {
  const path = '/v1/payment-methods?country=DE&currency=EUR&amount=1000';
  try {
    await storefrontClient(url, key).call({ method: 'GET', path });
    return true;
  } catch (error) {
    if (error instanceof ApiProblem && (error.status === 401 || error.status === 403)) return false;
    throw error;
  }
}

function wantsDemo(
  { demoOrder, partners }: StartOptions,
  records: ShopRecordStore,
  sayTimed: (text: string) => void,
): boolean {
  if (demoOrder !== undefined) return demoOrder;
  if (partners === 'real') {
    sayTimed('no sample order at real partners: --demo places one');
    return false;
  }
  const isShown = records.read()?.isDemoShown === true;
  if (isShown) sayTimed('an earlier start placed the sample order: --demo places another one');
  return !isShown;
}

function noteDemoShown(records: ShopRecordStore): void {
  const record = records.read();
  if (record !== undefined) records.write({ ...record, isDemoShown: true });
}
