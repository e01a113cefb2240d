import { resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type Backend, startBackend, synthesise } from '../../local/start-backend.ts';
import { watchSources } from '../../local/watch-sources.ts';
import { seed } from '../sample-shop/seed.ts';
import { demoBasket, placeDemoOrder, placeUnwatched, storefrontClient } from './demo-order.ts';
import { billLines, landedCostLines, ledgerLines } from './print-order.ts';
import { readStartOptions, START_HELP, type StartOptions } from './start-options.ts';

const MAX_QUIET_WAIT_MS = 60_000;
const started = performance.now();
const elapsed = () => `${((performance.now() - started) / 1000).toFixed(1).padStart(6)} s`;

async function main(options: StartOptions): Promise<void> {
  const say = (text: string) => {
    if (!options.quiet) console.log(text);
  };
  const progress = (step: string) => say(`${elapsed()}  ${step}`);

  if (options.assemblyDir === undefined) {
    progress('synthesising the stacks and bundling the functions');
    await synthesise();
  }
  const backend = await startBackend({
    port: options.port,
    dataDir: resolve(options.dataDir),
    ...(options.assemblyDir === undefined ? {} : { assemblyDir: options.assemblyDir }),
    faultSeed: options.faultSeed,
    progress,
  });
  stopOnSignal(backend);
  progress('filling catalogue, stock and rates');
  const { storefrontKey, products } = await seed(backend.operator);
  backend.cloud.tellPages({ storefrontKey });
  progress(`${products} products are on sale`);
  if (options.demoOrder) await runDemoOrder(backend, storefrontKey, say);
  if (options.watch) watchSources(backend.cloud, resolve(options.dataDir), progress);
  for (const line of closing(backend, storefrontKey)) console.log(line);
}

async function runDemoOrder(
  backend: Backend,
  storefrontKey: string,
  say: (text: string) => void,
): Promise<void> {
  say(`${elapsed()}  one order, from its quote to its delivery`);
  const storefront = storefrontClient(backend.url, storefrontKey);
  const { stripe } = backend.partners.urls;
  const { orderId } = await placeDemoOrder(storefront, stripe, ({ fact, occurredAt }) => {
    say(`${elapsed()}    ${fact.padEnd(26)} ${occurredAt}`);
  });
  const order = await backend.operator.call<Parameters<typeof landedCostLines>[0]>({
    method: 'GET',
    path: `/v1/admin/orders/${orderId}`,
  });
  for (const lines of [landedCostLines(order), ledgerLines(order)]) say(`\n${lines.join('\n')}`);

  // Watching an order costs requests, and the first one pays for cold starts: the bill is that of another.
  say(`\n${elapsed()}  the same basket once more, unwatched, for its bill`);
  await untilQuiet(backend);
  const before = backend.counts();
  await placeUnwatched(storefront, stripe);
  await untilQuiet(backend);
  say(`\n${billLines(backend.bill(1, before), 1).join('\n')}`);
}

async function untilQuiet(backend: Backend): Promise<void> {
  const giveUpAt = performance.now() + MAX_QUIET_WAIT_MS;
  // Twice in a row: between a partner's step and its callback nothing seems to move.
  for (let quiet = 0; quiet < 2; quiet = backend.isQuiescent() ? quiet + 1 : 0) {
    if (performance.now() > giveUpAt) throw new Error('the order does not come to rest');
    await wait(100);
  }
}

function closing(backend: Backend, storefrontKey: string): string[] {
  const basket = JSON.stringify(demoBasket);
  return [
    '',
    `API       ${backend.url}`,
    `Contract  ${backend.url}/docs`,
    `Partners  ${Object.entries(backend.partners.urls)
      .map(([name, url]) => `${name} ${url}`)
      .join('  ')}`,
    '',
    'Try:',
    `  curl -s ${backend.url}/v1/health`,
    `  curl -s '${backend.url}/v1/payment-methods?country=DE&currency=EUR&amount=5000' -H 'x-entrepot-key: ${storefrontKey}'`,
    `  curl -s ${backend.url}/v1/quotes -H 'content-type: application/json' -H 'x-entrepot-key: ${storefrontKey}' -d '${basket}'`,
    '',
    'Ctrl-C stops it; the next start carries on.',
  ];
}

function stopOnSignal(backend: Backend): void {
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    await backend.stop();
    process.exit(0);
  };
  process.on('SIGINT', () => void stop());
  process.on('SIGTERM', () => void stop());
}

try {
  const options = readStartOptions(process.argv.slice(2));
  if (options === undefined) console.log(START_HELP);
  else await main(options);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
