import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { listBundles } from '../../../infra/cli/bundles/list-bundles.ts';
import { seed } from '../../../infra/cli/sample-shop/seed.ts';
import { storefrontClient } from '../../../infra/cli/start/demo-order.ts';
import { createProgress } from '../../../infra/cli/terminal/progress.ts';
import { textTable } from '../../../infra/cli/terminal/text-table.ts';
import { startBackend } from '../../../infra/local/start-backend.ts';
import { synthesise } from '../../../infra/local/synthesise.ts';
import { measureIntake, placeUnpaid } from './intake.ts';
import { type MethodCost, measureMethods, ordersOf } from './method-cost.ts';
import { listPaidMethods } from './paid-methods.ts';

const LEVELS = [1, 16, 64] as const;
/** Loads of each bundle in fresh processes. */
const ROUNDS = 5;
/** Divides the delays of the sandboxes. An order uses the same at every pace. */
const PACE = 4;

/**
 * Measures what payments take: the units and the price of an order by each method of each provider, the intake of
 * webhooks at three numbers of callers until they are answered and until their orders have the facts, and the bundles
 * of the payment functions with every provider. Prints tables,
 * and then `payment <name> <value>`: milliseconds, millionths of a US dollar, bytes, and ratios to the bare client.
 */
export async function benchPayment(print: (text: string) => void): Promise<void> {
  const results: string[] = [];
  const progress = createProgress(process.stderr);
  const { methods, left } = await listPaidMethods();
  if (left.length > 0) print(`no order is quoted where these pay: ${left.join(', ')}`);
  const folder = await mkdtemp(join(tmpdir(), 'entrepot-payment-'));
  try {
    const assemblyDir = join(folder, 'cdk.out');
    await synthesise(assemblyDir);
    const backend = await startBackend({ port: 0, dataDir: join(folder, 'data'), assemblyDir, pace: PACE });
    try {
      const { storefrontKey } = await seed(backend.operator);
      const shop = { backend, storefront: storefrontClient(backend.url, storefrontKey) };
      const step = progress.start('orders by method', ordersOf(methods), 'orders');
      const measured = await measureMethods(shop, methods, step);
      step.end();
      results.push(...printMethods(measured.costs, print));
      if (measured.left.length > 0) print(`no basket could be paid by: ${measured.left.join(', ')}`);
      const card = methods.find(({ provider, method }) => provider === 'stripe' && method === 'card');
      if (card === undefined) throw new Error('orders by card are quoted');
      progress.say('unpaid orders for the webhooks');
      const unpaid = await placeUnpaid(shop, card);
      for (const callers of LEVELS) {
        progress.say(`webhooks with ${callers} callers`);
        results.push(...printIntake(callers, await measureIntake(backend, unpaid, callers), print));
      }
    } finally {
      await backend.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  progress.say('loading the bundles in fresh processes');
  results.push(...(await printBundles(print)));
  print(`load of the machine ${loadavg()[0]?.toFixed(1)}`);
  print(`\n${results.join('\n')}`);
}

function printMethods(costs: readonly MethodCost[], print: (text: string) => void): string[] {
  const columns = [
    { title: 'method' },
    { title: 'provider' },
    { title: 'to' },
    { title: 'write units', align: 'right' },
    { title: 'read units', align: 'right' },
    { title: 'invocations', align: 'right' },
    { title: 'millionths of a US dollar', align: 'right' },
  ] as const;
  const rows = costs.map((cost) => [
    ...[cost.method, cost.provider, cost.country],
    ...[cost.writeUnits, cost.readUnits, cost.invocations, cost.microUsd].map(String),
  ]);
  print(textTable(columns, rows));
  return costs.flatMap(({ method, provider, microUsd, writeUnits }) => [
    `payment order-${method}-${provider} ${microUsd}`,
    `payment write-units-${method}-${provider} ${writeUnits}`,
  ]);
}

function printIntake(
  callers: number,
  { calls, answered, written }: Awaited<ReturnType<typeof measureIntake>>,
  print: (text: string) => void,
): string[] {
  const words = Object.entries({ answered, written }).map(([what, { p50Ms, p99Ms }]) => {
    return `${what} p50 ${p50Ms.toFixed(1)} ms, p99 ${p99Ms.toFixed(1)} ms`;
  });
  print(`${callers} callers, ${calls} webhooks: ${words.join('; ')}`);
  return [
    `payment intake-${callers}-p50-ms ${answered.p50Ms.toFixed(1)}`,
    `payment intake-${callers}-p99-ms ${answered.p99Ms.toFixed(1)}`,
    `payment written-${callers}-p50-ms ${written.p50Ms.toFixed(1)}`,
    `payment written-${callers}-p99-ms ${written.p99Ms.toFixed(1)}`,
  ];
}

async function printBundles(print: (text: string) => void): Promise<string[]> {
  const { bundles } = await listBundles(ROUNDS, (id) => id.startsWith('3-payment/'));
  return bundles.flatMap(({ id, bytes, ratio = 0 }) => {
    const name = id.replace('3-payment/', '');
    print(`${id}: ${bytes} bytes, loads in ${ratio.toFixed(2)} of the bare client's time`);
    return [`payment bundle-${name}-bytes ${bytes}`, `payment load-${name}-ratio ${ratio.toFixed(2)}`];
  });
}
