import type { ReplenishmentSettings } from '../../catalogue/index.ts';
import { dayAfter } from '../../kernel/time.ts';
import { classify, defaultClasses, type SkuClass } from '../policy/classes.ts';
import { normalDemand } from '../policy/demand-over-days.ts';
import type { RunDeps, RunFiles, RunStep } from './ports.ts';
import { sendAll } from './ports.ts';
import type { ReplenishmentRun } from './replenishment-run.ts';
import { type SiteHistory, type SiteRow, salesOfSite } from './site-history.ts';
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
 * The rows come sorted, so that one SKU after another is in memory, and the classes of all SKUs. A repeat writes into
 * another folder, and the first to end wins; so no run mixes the sales of two moments.
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
  const lake = await deps.openLake({ from: asked.firstDay });
  const classes = new Map<string, SkuClass>();
  try {
    if (lake !== undefined) {
      for (const each of await classesOf(lake.rows(skuValuesQuery(asked)), settings))
        classes.set(each.sku, each);
      for await (const rows of bySite(lake.rows(siteRowsQuery(asked)))) {
        const sales = salesOfSite(rows, asked);
        // Stock alone makes no demand: a SKU that was never sold has no line, unless a supplier offers it.
        if (sales.firstDay === undefined) continue;
        sold.add(sales.sku);
        await batches.add({ ...sales, ...classIn(classes, sales.sku, settings) });
      }
    }
  } finally {
    await lake?.close();
  }
  const sites = await deps.sites();
  for (const sku of await deps.offered())
    if (!sold.has(sku))
      for (const warehouseId of sites)
        await batches.add({
          ...{ sku, warehouseId, lead: 0, units: [], without: [], bulkUnits: 0, markets: {} },
          ...classIn(classes, sku, settings),
        });
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

  async end(): Promise<number> {
    if (this.#lines.length > 0) await this.#write();
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

/** The file with the first SKU of each batch. */
export const indexKey = (folder: string): string => `${folder}/batches.ndjson.gz`;
