import type { ReplenishmentSettings } from '../../catalogue/index.ts';
import { defined } from '../../kernel/defined.ts';
import { type CalendarDate, dayAfter } from '../../kernel/time.ts';
import { classify, defaultClasses, type SkuClass } from '../policy/classes.ts';
import { normalDemand } from '../policy/demand-over-days.ts';
import { goodsQuery, NO_GOODS, readGoods } from './new-products/goods-of-run.ts';
import { Launches } from './new-products/group-profile.ts';
import type { RunDeps, RunFiles, RunStep } from './ports.ts';
import { sendAll } from './ports.ts';
import type { ReplenishmentRun } from './replenishment-run.ts';
import { type Sales, type SiteHistory, type SiteRow, salesOfSite } from './site-history.ts';
import { readSiteRow, readSkuValue, siteRowsQuery, skuValuesQuery } from './site-queries.ts';

/** An open lake, whose rows are read while they are found. */
interface HistoryLake {
  rows(sql: string): AsyncIterable<readonly unknown[]>;
  close(): Promise<void>;
}

export interface HistoryDeps extends RunDeps {
  readonly files: RunFiles;
  /** The tables that runs read; undefined while the lake has none. */
  readonly openLake: (days: { readonly from: string }) => Promise<HistoryLake | undefined>;
  readonly settings: () => Promise<ReplenishmentSettings>;
  /** The SKUs that suppliers offer, in order. */
  readonly offered: () => Promise<readonly string[]>;
  /** The warehouses that are planned. */
  readonly sites: () => Promise<readonly string[]>;
  /** SKUs and sites of a file; 500 unless a test says otherwise. */
  readonly batchSize?: number;
}

const BATCH_SIZE = 500;

/**
 * Reads the sales of every SKU at every site from the lake, writes them in batches, and sends each batch to be planned.
 * The rows come sorted, so that one SKU after another is in memory, and the classes and codes of all SKUs. A repeat
 * writes into another folder, and the first to end wins; so no run mixes the sales of two moments.
 */
export async function readHistory(
  deps: HistoryDeps,
  day: string,
  attempt: string,
): Promise<'read' | 'known'> {
  const run = await deps.runs.load(day);
  if (run === undefined || run.state !== 'asked') return 'known';
  const settings = await deps.settings();
  const folder = `replenishment/${day}/${attempt}`;
  const batches = await writeBatches(deps, run, { settings, folder });
  const state = batches === 0 ? 'done' : 'planning';
  const endedAt = batches === 0 ? { endedAt: deps.clock().toISOString() } : {};
  if (!(await deps.runs.move(day, 'asked', { state, folder, batches, ...endedAt }))) return 'known';
  const steps = Array.from(
    { length: batches },
    (_, batch): RunStep => ({ step: 'batch', day, folder, batch }),
  );
  await sendAll(deps.queue, steps);
  return 'read';
}

interface Writing {
  readonly settings: ReplenishmentSettings;
  readonly folder: string;
}

async function writeBatches(
  deps: HistoryDeps,
  { day, timeZone }: ReplenishmentRun,
  { settings, folder }: Writing,
): Promise<number> {
  const asked = { firstDay: dayAfter(day, -settings.historyDays), lastDay: dayAfter(day, -1), timeZone };
  const batches = new Batches(deps, folder);
  const sold = new Set<string>();
  const [offered, sites] = [new Set(await deps.offered()), await deps.sites()];
  const inStock = new Map<string, number>();
  const lake = await deps.openLake({ from: asked.firstDay });
  const classes = new Map<string, SkuClass>();
  let goods = NO_GOODS;
  const lineOf = (sales: Sales): SiteHistory => ({
    ...sales,
    ...classIn(classes, sales.sku, settings),
    ...defined({ hsCode: goods.hsCodeOf(sales.sku) }),
    ...(goods.isNew(sales.sku) ? { isNew: true } : {}),
  });
  const unsold = (sku: string, warehouseId: string, lead = 0): SiteHistory =>
    lineOf({ sku, warehouseId, lead, units: [], without: [], bulkUnits: 0, markets: {} });
  try {
    if (lake !== undefined) {
      goods = await readGoods(lake.rows(goodsQuery({ ...asked, day })));
      for (const each of await classesOf(lake.rows(skuValuesQuery(asked)), settings))
        classes.set(each.sku, each);
      const launches = new Launches({ day, firstDay: asked.firstDay }, goods.newCodes);
      for await (const sales of bySku(lake.rows(siteRowsQuery(asked)), asked)) {
        const sku = `${sales[0]?.sku}`;
        const own = sales.filter(({ firstDay }) => firstDay !== undefined);
        const days = new Map(sales.map(({ warehouseId, lead }) => [warehouseId, lead]));
        if (own.length > 0) sold.add(sku);
        else if (offered.has(sku))
          for (const [warehouseId, lead] of days) inStock.set(`${sku} ${warehouseId}`, lead);
        // Stock alone makes no demand: a SKU that was never sold has no line, unless a supplier offers it.
        for (const each of own) {
          launches.add(each, goods.hsCodeOf(sku));
          await batches.add(lineOf(each));
        }
        if (own.length === 0 || !goods.isNew(sku) || !offered.has(sku)) continue;
        // A new product begins to sell at one site after the other.
        const at = new Set(own.map(({ warehouseId }) => warehouseId));
        for (const warehouseId of sites)
          if (!at.has(warehouseId)) await batches.add(unsold(sku, warehouseId, days.get(warehouseId)));
      }
      await deps.files.write(profilesKey(folder), launches.profiles());
    }
  } finally {
    await lake?.close();
  }
  // A file of their own: the first SKU of each file says where a SKU is.
  await batches.beginFile();
  for (const sku of offered)
    if (!sold.has(sku))
      for (const warehouseId of sites)
        await batches.add(unsold(sku, warehouseId, inStock.get(`${sku} ${warehouseId}`)));
  return batches.end();
}

const levelsOf = ({ serviceLevels }: ReplenishmentSettings) => ({
  ...defaultClasses,
  serviceLevels: {
    ...defaultClasses.serviceLevels,
    ...(serviceLevels as typeof defaultClasses.serviceLevels),
  },
});

async function classesOf(
  rows: AsyncIterable<readonly unknown[]>,
  settings: ReplenishmentSettings,
): Promise<readonly SkuClass[]> {
  const skus: Parameters<typeof classify>[0][number][] = [];
  for await (const row of rows) {
    const { sku, valueMinor, weeklyMean, weeklyDeviation } = readSkuValue(row);
    skus.push({ sku, yearlyMinor: valueMinor, demand: normalDemand(weeklyMean, weeklyDeviation) });
  }
  return classify(skus, levelsOf(settings)).classes;
}

function classIn(
  classes: ReadonlyMap<string, SkuClass>,
  sku: string,
  settings: ReplenishmentSettings,
): Pick<SiteHistory, 'skuClass' | 'serviceLevel'> {
  const known = classes.get(sku);
  if (known === undefined) return { skuClass: 'CZ', serviceLevel: levelsOf(settings).serviceLevels.CZ };
  return { skuClass: `${known.value}${known.variability}`, serviceLevel: known.serviceLevel };
}

/** The sales of one SKU at all its sites, SKU by SKU. */
async function* bySku(
  rows: AsyncIterable<readonly unknown[]>,
  days: { readonly firstDay: CalendarDate; readonly lastDay: CalendarDate },
): AsyncIterable<readonly Sales[]> {
  let together: Sales[] = [];
  for await (const each of bySite(rows)) {
    const sales = salesOfSite(each, days);
    if (together.length > 0 && together[0]?.sku !== sales.sku) {
      yield together;
      together = [];
    }
    together.push(sales);
  }
  if (together.length > 0) yield together;
}

async function* bySite(rows: AsyncIterable<readonly unknown[]>): AsyncIterable<readonly SiteRow[]> {
  let together: SiteRow[] = [];
  for await (const row of rows) {
    const read = readSiteRow(row);
    const [first] = together;
    if (first !== undefined && (first.sku !== read.sku || first.warehouseId !== read.warehouseId)) {
      yield together;
      together = [];
    }
    together.push(read);
  }
  if (together.length > 0) yield together;
}

/** Writes lines into files of a bounded size. All sites of a SKU are in one file, so that it can be found. */
class Batches {
  readonly #deps: HistoryDeps;
  readonly #folder: string;
  readonly #firsts: string[] = [];
  #lines: SiteHistory[] = [];

  constructor(deps: HistoryDeps, folder: string) {
    this.#deps = deps;
    this.#folder = folder;
  }

  async add(line: SiteHistory): Promise<void> {
    const isFull = this.#lines.length >= (this.#deps.batchSize ?? BATCH_SIZE);
    if (isFull && this.#lines.at(-1)?.sku !== line.sku) await this.#write();
    this.#lines.push(line);
  }

  /** The next line is the first one of a file. */
  async beginFile(): Promise<void> {
    if (this.#lines.length > 0) await this.#write();
  }

  async end(): Promise<number> {
    await this.beginFile();
    await this.#deps.files.write(indexKey(this.#folder), this.#firsts);
    return this.#firsts.length;
  }

  async #write(): Promise<void> {
    const [first] = this.#lines;
    await this.#deps.files.write(historyKey(this.#folder, this.#firsts.length), this.#lines);
    this.#firsts.push(`${first?.sku}`);
    this.#lines = [];
  }
}

const digits = (batch: number) => String(batch).padStart(5, '0');

/** The file with the sales of a batch. */
export const historyKey = (folder: string, batch: number): string =>
  `${folder}/history-${digits(batch)}.ndjson.gz`;

/** The file with the profiles of groups of goods, by which new products are forecast. */
export const profilesKey = (folder: string): string => `${folder}/profiles.ndjson.gz`;

/** The file with the first SKU of each batch. */
export const indexKey = (folder: string): string => `${folder}/batches.ndjson.gz`;
