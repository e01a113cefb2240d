import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LakeWhere } from '../../infra/cli/lake/lake-options.ts';
import { buildTables } from '../../infra/cli/lake/make-tables.ts';
import { printReport } from '../../infra/cli/report/print-report.ts';
import { createProgress } from '../../infra/cli/terminal/progress.ts';
import { dayMs, type Instant, later } from '../../shared/kernel/time.ts';
import { calendarDateIn, localStampIn } from '../../shared/kernel/zoned-time.ts';
import { loadLakeReports } from '../../shared/reports/lake-reports.ts';
import { lastPeriodBefore } from '../../shared/reports/period/report-period.ts';
import { invoiceTimes } from './invoice-times.ts';
import { lakeOfTheFile } from './lake-of-the-file.ts';

const lakeReports = await loadLakeReports();

interface Making {
  /** The folder of this check. The reports are written below it. */
  readonly work: string;
  readonly sales: string;
}

interface Wanted {
  readonly name: string;
  readonly period: string;
  readonly timeZone: string;
  readonly currency: string;
  readonly storefrontId?: string;
}

/** The zone of the retailer. Its clocks show UTC in December. */
const RETAILER = 'Europe/London';
/** The bill is counted from metrics, of which the files and orders say nothing. */
const COUNTED = lakeReports.filter(({ name }) => name !== 'backend-bill');
const NAMES = COUNTED.map(({ name }) => name);
const OF_A_STOREFRONT = COUNTED.filter(({ byStorefront }) => byStorefront).map(({ name }) => name);

/**
 * Makes every report of the lake of the backend at `url`: of the present month, week and day, in three time zones and
 * two currencies, and of one storefront. Then makes a second lake of the same facts, in which each order happened at
 * the time of its invoice in the file, and the sales of each of its days, weeks and months.
 */
export async function makeReports(
  url: string,
  { work, sales }: Making,
  say: (line: string) => void,
): Promise<void> {
  const progress = createProgress(process.stdout);
  const now = new Date().toISOString();
  const where: LakeWhere = { kind: 'local', url, dataDir: work };
  await buildTables(where, progress);
  await make(where, { wanted: presentReports(now), folder: join(work, 'reports', 'now'), now });
  say('making the lake in which the orders have the dates of the file');
  const times = await invoiceTimes(sales, join(work, '.local/replay/orders.csv'));
  const folder = join(work, 'lake-of-the-file');
  await lakeOfTheFile(where, folder, times);
  const ofFile: LakeWhere = { kind: 'folder', folder };
  await buildTables(ofFile, progress);
  await make(ofFile, { wanted: salesOf(times), folder: join(work, 'reports', 'file'), now });
}

/**
 * The first zone in which the day began hours ago: the run is as a whole in its day, and in the week and the month of
 * that day.
 */
const zoneOf = (zones: readonly string[], now: Instant): string =>
  zones.find((zone) => Number(localStampIn(zone, now).slice(11, 13)) >= 3) ?? 'UTC';

function presentReports(now: Instant): readonly Wanted[] {
  const ofMonth = zoneOf(['UTC', 'America/Sao_Paulo'], now);
  const ofWeek = zoneOf(['Asia/Kathmandu', 'America/St_Johns'], now);
  const ofDay = zoneOf(['Pacific/Honolulu', 'Asia/Tokyo'], now);
  const week = lastPeriodBefore('week', { timeZone: ofWeek, now: later(now, 7 * dayMs) });
  const asked = [
    { period: calendarDateIn(ofMonth, now).slice(0, 7), timeZone: ofMonth, currency: 'GBP' },
    { period: week, timeZone: ofWeek, currency: 'EUR' },
    { period: calendarDateIn(ofDay, now), timeZone: ofDay, currency: 'EUR' },
  ];
  const all = asked.flatMap((each) => NAMES.map((name) => ({ name, ...each })));
  const [first] = asked;
  if (first === undefined) return all;
  return [...all, ...OF_A_STOREFRONT.map((name) => ({ name, ...first, storefrontId: 'recount' }))];
}

/** The reports on sales of the periods in which the orders of the file were placed. */
function salesOf(times: ReadonlyMap<string, Instant>): readonly Wanted[] {
  const instants = [...times.values()];
  const periods = new Set(
    instants.flatMap((at) => [
      at.slice(0, 10),
      at.slice(0, 7),
      lastPeriodBefore('week', { timeZone: RETAILER, now: later(at, 7 * dayMs) }),
    ]),
  );
  const inLondon = [...periods].map((period) => ({ period, timeZone: RETAILER }));
  const months = [...new Set(instants.map((at) => at.slice(0, 7)))];
  // By these clocks, afternoons in London are the next day.
  const inKathmandu = months.map((period) => ({ period, timeZone: 'Asia/Kathmandu' }));
  return [...inLondon, ...inKathmandu].map((each) => ({ name: 'sales', currency: 'GBP', ...each }));
}

interface Batch {
  readonly wanted: readonly Wanted[];
  readonly folder: string;
  readonly now: Instant;
}

async function make(where: LakeWhere, { wanted, folder, now }: Batch): Promise<void> {
  await mkdir(folder, { recursive: true });
  const step = createProgress(process.stdout).start('Reports', wanted.length, 'reports');
  for (const [index, each] of wanted.entries()) {
    let text = '';
    await printReport(
      {
        ...{ storefrontId: undefined, ...each, where, parameters: {} },
        ...{ format: 'json', table: undefined, locale: 'en' },
      },
      { now, write: (part) => (text += part) },
    );
    await writeFile(join(folder, `${String(index).padStart(3, '0')}-${each.name}.json`), text);
    step.advance();
  }
  step.end();
}
