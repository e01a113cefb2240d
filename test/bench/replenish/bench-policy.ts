import { money } from '../../../shared/kernel/money.ts';
import { planTransfers } from '../../../shared/replenishment/network/plan-transfers.ts';
import type { SkuNetwork } from '../../../shared/replenishment/network/sku-network.ts';
import { loadSolver } from '../../../shared/replenishment/network/solver.ts';
import { normalDemand, steadyDemand } from '../../../shared/replenishment/policy/demand-over-days.ts';
import { leadTime } from '../../../shared/replenishment/policy/lead-time.ts';
import { propose, type SkuSite } from '../../../shared/replenishment/policy/propose.ts';

const SKUS = 100_000;
const NETWORK_SKUS = 5_000;
const SITES = 200;
/** SKUs that are planned once more by the solver. */
const SOLVED_SKUS = 500;

/** A number from 0 to 1 that depends on its place alone. */
const spread = (place: number) => ((place * 2_654_435_761) % 4_294_967_296) / 4_294_967_296;

/** Processor seconds of the process so far: other programs do not change them much. */
const processorSeconds = () => process.cpuUsage().user / 1e6;

const tenths = (figure: number) => Math.round(10 * figure) / 10;

const megabytes = () => Math.round(process.memoryUsage().rss / 1e6);

/**
 * Proposals for 100,000 SKUs: how many a second, and the memory with all of them kept. Then transfers of 5,000 SKUs
 * between 200 sites with the docks of all sites shared: the time, how near the plan is to its bound, and the same with
 * the prices of the first plan. Then the time of a linear programme of one SKU, and the solver's load time.
 */
export async function benchPolicy(print: (text: string) => void): Promise<void> {
  const started = processorSeconds();
  const kept = Array.from({ length: SKUS }, (_, place) => propose(skuSite(place)));
  const seconds = processorSeconds() - started;
  const ordered = kept.filter((proposed) => proposed.ok && proposed.value.units > 0).length;
  print(`${SKUS} SKU-sites were planned, ${ordered} have an order`);
  print(`replenish planned-a-processor-second ${Math.round(SKUS / seconds)}`);
  print(`replenish memory-mb-at-100000-skus ${megabytes()}`);
  const loadedFrom = performance.now();
  const solver = await loadSolver();
  print(`replenish solver-load-ms ${Math.round(performance.now() - loadedFrom)}`);
  const networks = Array.from({ length: NETWORK_SKUS }, (_, place) => skuNetwork(place));
  const capacity = new Map(Array.from({ length: SITES }, (_, site) => [`s${site}`, 18_000]));
  const plannedFrom = processorSeconds();
  const plan = planTransfers(networks, { solver, capacity });
  print(`replenish transfers-processor-seconds ${tenths(processorSeconds() - plannedFrom)}`);
  print(`replenish transfers-rounds ${plan.rounds}`);
  print(`replenish transfers-gap ${plan.gap.toFixed(5)}`);
  print(`replenish memory-mb-after-transfers ${megabytes()}`);
  // The next day begins with these prices.
  const againFrom = processorSeconds();
  const again = planTransfers(networks, { solver, capacity, pricesMinor: plan.pricesMinor });
  print(`replenish transfers-again-processor-seconds ${tenths(processorSeconds() - againFrom)}`);
  print(`replenish transfers-again-rounds ${again.rounds}`);
  const some = networks.slice(0, SOLVED_SKUS);
  const solvedFrom = processorSeconds();
  const solved = planTransfers(some, { solver, rounds: 0, starsWithoutSolver: false });
  print(`replenish lp-processor-ms ${tenths((1000 * (processorSeconds() - solvedFrom)) / SOLVED_SKUS)}`);
  print(`replenish lp-problems ${solved.skus.filter(({ problem }) => problem !== undefined).length}`);
  print(`replenish memory-mb-after-lp ${megabytes()}`);
}

function skuSite(place: number): SkuSite {
  const mean = 0.05 + 8 * spread(place) ** 3;
  const available = Math.round(120 * mean * spread(place + 7));
  return {
    sku: `SKU-${place}`,
    siteId: 'fra',
    supplierId: 'acme',
    today: '2026-12-01',
    forecast: steadyDemand({ mean, standardDeviation: mean * (0.5 + spread(place + 3)) }),
    leadTime: leadTime(14 + 30 * spread(place + 5), 9),
    reviewDays: 1,
    serviceLevel: 0.95,
    stock: { available, reserved: 0, quarantined: 0 },
    openOrders: [],
    packs: [{ validFrom: '2026-01-01', unitsPerCase: 12, minimumUnits: 24 }],
    costs: {
      orderCost: money(5_000, 'EUR'),
      holdingRatePerYear: 0.25,
      breaks: [
        { fromUnits: 1, unitPrice: money(400, 'EUR') },
        { fromUnits: 500, unitPrice: money(380, 'EUR') },
      ],
    },
  };
}

/** A hub with stock for most of what 199 sites are going to sell. */
function skuNetwork(place: number): SkuNetwork {
  const sites = Array.from({ length: SITES }, (_, site) => {
    const mean = site === 0 ? 0 : 1 + 9 * spread(place * SITES + site);
    return {
      siteId: `s${site}`,
      stock: site === 0 ? 900 : Math.floor(mean * spread(place + site)),
      safetyStock: 0,
      demand: normalDemand(mean, mean / 2),
      unitMarginMinor: 300 + Math.round(900 * spread(place)),
    };
  });
  const lanes = sites.slice(1).map(({ siteId }, site) => ({
    from: 's0',
    to: siteId,
    unitCostMinor: 20 + Math.round(150 * spread(site)),
  }));
  return { sku: `SKU-${place}`, currency: 'EUR', sites, lanes, loadPerUnit: 1 };
}
