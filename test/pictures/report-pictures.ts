import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { compact } from '../../shared/lake/engine/compact.ts';
import { folderStore } from '../../shared/lake/engine/folder-store.ts';
import { openLake } from '../../shared/lake/engine/open-lake.ts';
import { makeLakeReport } from '../../shared/reports/lake/make-lake-report.ts';
import { readQuestion } from '../../shared/reports/lake/read-question.ts';
import { rowObjects } from '../../shared/reports/lake/row-objects.ts';
import { loadLakeReports } from '../../shared/reports/lake-reports.ts';
import { chartSvg } from '../../shared/reports/page/chart-svg.ts';
import { reportPage } from '../../shared/reports/page/report-page.ts';
import { putMadeUpFacts } from '../bench/lake/made-up-facts.ts';
import { putFacts } from '../builders/lake-facts.ts';
import { costStored, stockReceived } from '../builders/made-up-records.ts';
import { DESKTOP, savePicture, TELEPHONE } from './save-picture.ts';

const lakeReports = await loadLakeReports();

const ORDERS = 900;
/** As many as the made-up orders have, so that nothing is sold that never arrived. */
const SKUS = 800;
const NOW = '2026-12-02T00:00:00.000Z';

interface Picture {
  readonly file: string;
  readonly report: string;
  readonly locale: string;
  readonly size: { readonly width: number; readonly height: number };
  /** The heading that the picture begins with; that of the page if absent. */
  readonly heading?: string;
}

/** The pictures of a report of November 2026, in its reader's locale. */
const pictures: readonly Picture[] = [
  { file: 'report-sales.png', report: 'sales', locale: 'en', size: DESKTOP },
  {
    ...{ file: 'report-sales-by-channel.png', report: 'sales', locale: 'en' },
    ...{ size: { width: 1280, height: 240 }, heading: 'By channel' },
  },
  { file: 'report-landed-cost.png', report: 'landed-cost', locale: 'en', size: DESKTOP },
  { file: 'report-inventory-health.png', report: 'inventory-health', locale: 'en', size: DESKTOP },
  { file: 'report-sales-telephone.png', report: 'sales', locale: 'de', size: TELEPHONE },
  { file: 'report-landed-cost-arabic.png', report: 'landed-cost', locale: 'ar-EG', size: DESKTOP },
  {
    ...{ file: 'report-landed-cost-arabic-telephone.png', report: 'landed-cost' },
    ...{ locale: 'ar-EG', size: TELEPHONE },
  },
];

/** Takes the pictures of docs/reports.md: pages of reports on a made-up month. Gives whether all are small enough. */
export async function takeReportPictures(browser: Browser, say: (line: string) => void): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), 'entrepot-pictures-'));
  try {
    await makeUpMonth(folder);
    const lake = await openLake({ folder });
    let isWell = true;
    for (const { file, report, locale, size, heading } of pictures) {
      const page = await browser.newPage({ viewport: size, colorScheme: 'light' });
      await page.setContent(await pageOf(lake, report, locale));
      if (heading !== undefined)
        await page.getByRole('heading', { name: heading }).evaluate((found) => found.scrollIntoView());
      isWell = (await savePicture(page, { file }, say)) && isWell;
      await page.close();
    }
    lake.close();
    return isWell;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The lake of a month: orders, and stock of three ages with its costs. */
async function makeUpMonth(folder: string): Promise<void> {
  await putMadeUpFacts(folder, ORDERS);
  const skus = Array.from({ length: SKUS }, (_, number) => `SKU-${number}`);
  const months = ['2026-05', '2026-08', '2026-10'];
  const received = skus.flatMap((sku, number) =>
    months.map((month, index) =>
      stockReceived(number * 10 + index, {
        ...{ at: `${month}-${10 + (number % 15)}T08:00:00.000Z`, sku, warehouseId: 'cn-shenzhen' },
        units: 4 + ((number * 7 + index * 11) % 9),
      }),
    ),
  );
  const costs = skus.map((sku, number) =>
    costStored(number, {
      ...{ sku, validFrom: '2026-01-01' },
      purchase: { amount: 300 + ((number * 37) % 900), currency: 'EUR' },
      firstLeg: { amount: 40 + (number % 30), currency: 'EUR' },
    }),
  );
  await putFacts(folder, 'facts/received=2026-11-30/stock.ndjson.gz', [...received, ...costs]);
  await compact({ store: folderStore(folder), folder: join(folder, '.work'), now: NOW, looksBack: true });
}

async function pageOf(lake: Awaited<ReturnType<typeof openLake>>, report: string, locale: string) {
  const read = readQuestion(
    { report, period: '2026-11', timeZone: 'Europe/Berlin', currency: 'EUR' },
    { reports: lakeReports, now: NOW },
  );
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  const asked = { ...lake, ask: async (sql: string) => rowObjects(await lake.ask(sql)) };
  return reportPage(await makeLakeReport(read.value.report, read.value.asked, asked), locale, chartSvg);
}
