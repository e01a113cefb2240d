import {
  type Product,
  type ReplenishmentSettings,
  replenishmentOf,
  type Warehouse,
} from '../../../shared/catalogue/index.ts';
import { builtinRuleBook } from '../../../shared/duties/index.ts';
import { dayAfter } from '../../../shared/kernel/time.ts';
import { planSites, type SitesDeps } from '../../../shared/replenishment/run/plan-sites.ts';
import type { SiteHistory } from '../../../shared/replenishment/run/site-history.ts';
import { lane, rateCard, warehouse } from '../../builders/network.ts';
import { figures, maker, shirt } from '../../unit/replenishment/run/channels/channel-shop.ts';

const DAY = '2026-11-30';
const DAYS = 365;
/** A file of a run: 250 products at two sites. */
const SKUS = 250;
const [HUB, ...SITES] = ['pl-poznan', 'de-berlin', 'fr-paris'];
const ROUNDS = 3;

const spread = (place: number) => ((place * 2_654_435_761) % 4_294_967_296) / 4_294_967_296;
const skuOf = (place: number) => `SHIRT-${String(place).padStart(4, '0')}`;

const card = rateCard({ zones: [{ zone: 'all', weightBreaks: [{ upToGrams: 30_000, priceMinor: 400 }] }] });
const at = (warehouseId: string, country: string, parent?: string): Warehouse =>
  warehouse({
    ...{ warehouseId, address: { ...warehouse().address, country } },
    lanes: [lane({ rateCards: [card], countries: ['DE', 'FR'] })],
    ...(parent === undefined ? {} : { parent: { warehouseId: parent, transferHours: 48 } }),
  });

/**
 * What a file of a run takes of the processor when products are planned one by one, with the ways to their markets
 * compared, and with a hub that feeds both sites. Each of 250 products has a year of orders at two sites.
 */
export async function benchNetwork(print: (text: string) => void): Promise<void> {
  const lines = madeUpLines();
  const channels = figures;
  const hubs = [{ warehouseId: HUB }];
  const settings: Readonly<Record<string, object>> = {
    alone: {},
    channels: { channels },
    hubs: { hubs },
    'channels-and-hubs': { channels, hubs },
  };
  for (const [name, given] of Object.entries(settings)) {
    const deps = depsOf(replenishmentOf({ replenishment: given as never }));
    const from = process.cpuUsage();
    let found = await planSites(deps, DAY, lines);
    for (let round = 1; round < ROUNDS; round += 1) found = await planSites(deps, DAY, lines);
    const { user, system } = process.cpuUsage(from);
    const count = (is: (site: (typeof found.sites)[number]) => boolean) => found.sites.filter(is).length;
    print(
      `${name}: ${found.sites.length} SKU-sites, ${count(({ plan }) => (plan.units ?? 0) > 0)} buy, ${count(
        ({ plan }) => plan.transfers !== undefined,
      )} are moved to, ${count(({ plan }) => plan.why === 'waits-for-hub')} wait for the hub, ${found.channels.length} markets compared`,
    );
    print(`replenish run-batch-ms:${name} ${Math.round((user + system) / 1_000 / ROUNDS)}`);
  }
  print(`replenish run-network-memory-mb ${Math.round(process.memoryUsage().rss / 1e6)}`);
}

const madeUpLines = (): SiteHistory[] =>
  Array.from({ length: SKUS }, (_, place) =>
    SITES.map((warehouseId, site): SiteHistory => {
      const units = Array.from({ length: DAYS }, (_each, day) =>
        spread(place * 7 + site + day * 31) < 0.02 + 0.3 * spread(place) ** 2
          ? 1 + Math.floor(4 * spread(place + day))
          : 0,
      );
      const market = site === 0 ? 'DE' : 'FR';
      return {
        ...{ sku: skuOf(place), warehouseId, skuClass: 'BY', serviceLevel: 0.95, lead: 0, units },
        ...{ firstDay: dayAfter(DAY, -DAYS), without: [], bulkUnits: 0, hsCode: '610910' },
        markets: { [market]: units.slice(-90).reduce((sum, each) => sum + each, 0) },
      };
    }),
  ).flat();

function depsOf(settings: ReplenishmentSettings): SitesDeps {
  const warehouses = [at(HUB, 'PL'), ...SITES.map((id) => at(id, id.slice(0, 2).toUpperCase(), HUB))];
  const offers = Array.from({ length: SKUS }, (_, place) => ({
    ...maker().offers[0],
    ...{ sku: skuOf(place), casePack: 12, minimumUnits: 12 },
  }));
  const products = async (skus: readonly string[]): Promise<Product[]> => skus.map((sku) => shirt({ sku }));
  return {
    ...{ clock: () => new Date(`${DAY}T04:00:00Z`), settings: async () => settings },
    ...{ suppliers: async () => [maker('acme', { offers })], outcomesOf: async () => [] },
    ...{ rates: { current: async () => undefined }, unitsInYear: async () => new Map() },
    atSites: async (places) =>
      places.map(({ sku, warehouseId }) => ({
        stock: {
          available: Math.round(
            (warehouseId === HUB ? 40 : 15) * spread(Number(sku.slice(6)) + warehouseId.length),
          ),
          ...{ reserved: 0, quarantined: 0, inTransit: 0 },
        },
        ...{ open: [], leaving: 0 },
      })),
    sites: async () => warehouses.map(({ warehouseId }) => warehouseId),
    warehouses: async () => warehouses,
    signals: { endingFrom: async () => [] },
    moves: {
      products,
      pricing: async (date) => ({
        ...{ date, rules: builtinRuleBook, seller: { ioss: 'IM2760000001' } },
        convert: (amount, to) => (amount.currency === to ? amount : undefined),
      }),
      solver: async () => (await import('../../../shared/replenishment/network/solver.ts')).loadSolver(),
    },
  };
}
