import { benchLandedCost } from './landed-cost.ts';

const HELP = `Usage: npm run bench -- quote [PART...]

Measures: prints counts and ratios. flash-sale fails where a unit was sold twice or an order is not whole.

Parts (all when none is named):
  landed-cost   lines a second of the pure computation, by destination
  plan          plan search: time and consignments costed by lines and warehouses, the gap of the heuristic
  requests      what a quote and an order read, write and cost on the local cloud
  flash-sale    one SKU, many buyers: orders a second by buckets under the partition limit
`;

type Bench = (print: (text: string) => void) => Promise<void>;

const parts: Readonly<Record<string, () => Promise<Bench>>> = {
  'landed-cost': async () => benchLandedCost,
  plan: async () => (await import('./plan-search.ts')).benchPlanSearch,
  requests: async () => (await import('./requests.ts')).benchRequests,
  'flash-sale': async () => (await import('./flash-sale.ts')).benchFlashSale,
};

async function main([suite, ...named]: readonly string[]): Promise<void> {
  if (suite !== 'quote' || named.includes('--help')) {
    console.log(HELP);
    process.exitCode = suite === undefined || suite === '--help' ? 0 : 1;
    return;
  }
  const unknown = named.filter((name) => !Object.hasOwn(parts, name));
  if (unknown.length > 0)
    throw new Error(`no part is called ${unknown.join(', ')}: ${Object.keys(parts).join(', ')}`);
  for (const name of named.length === 0 ? Object.keys(parts) : named) {
    const bench = await parts[name]?.();
    console.log(`\n=== ${name}`);
    await bench?.((text) => console.log(text));
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
