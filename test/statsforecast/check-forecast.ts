import { spawn } from 'node:child_process';
import { access, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import { readSales } from '../../infra/cli/replenish/read-sales.ts';
import { type Column, textTable } from '../../infra/cli/terminal/text-table.ts';
import { demandFromRows } from '../../shared/replenishment/demand/demand-from-rows.ts';
import { backtest, type MethodFigures } from '../../shared/replenishment/forecast/backtest.ts';
import { installPython, programsOf } from '../other-clouds/python-environment.ts';

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const CACHE = here('../../node_modules/.cache/entrepot/statsforecast');
/** As in the documentation: December is known before the first forecast, and there is one each week. */
const DAYS = { firstOrigin: 31, step: 7, horizon: 14 } as const;

const theirFigures = z.array(
  z.object({
    code: z.string(),
    wape: z.number(),
    pinball: z.tuple([z.number(), z.number(), z.number()]),
    meanPinball: z.number(),
    coverage: z.tuple([z.number(), z.number(), z.number()]),
    wapeOfTotals: z.number(),
  }),
);
type TheirFigures = z.infer<typeof theirFigures>[number];

export interface ForecastCheckOptions {
  /** Sales in the layout of the Online Retail data set, read as one. */
  readonly files: readonly string[];
  readonly every: number;
  readonly offset: number;
}

/**
 * Compares our forecasts with seasonal naive, with each of our methods, and with statsforecast on the same series,
 * days and origins. Gives whether the aims are met: less pinball loss of days than all of them, and no more WAPE than
 * statsforecast, of the median and of the mean. Where a file, Python or the library is missing, it says so and counts
 * as skipped.
 */
export async function checkForecast(
  { files, every, offset }: ForecastCheckOptions,
  print: (text: string) => void,
): Promise<boolean> {
  const skipped = (why: string) => {
    print(`SKIPPED: the forecasts were not compared with statsforecast. ${why}`);
    return true;
  };
  for (const file of files)
    if (
      !(await access(file).then(
        () => true,
        () => false,
      ))
    )
      return skipped(`There is no file ${file}.`);
  const missing = await installPython({
    requirements: here('requirements.txt'),
    folder: CACHE,
    what: 'statsforecast',
  });
  if (missing !== undefined) return skipped(`${missing}.`);
  const { orders } = await readSales(files);
  const days = orders.map(({ day }) => day).sort();
  const [firstDay, lastDay] = [days[0], days.at(-1)];
  if (firstDay === undefined || lastDay === undefined) return skipped('No row is a sale with a day.');
  const { series } = demandFromRows({ orders }, { firstDay, lastDay, byMarket: false });
  const places = new Map(series.map(({ sku }, place) => [sku, place]));
  const forecasts: [origin: number, place: number][] = [];
  const ours = backtest(series, { ...DAYS, every, offset }, (made) => {
    forecasts.push([made.origin, places.get(made.series.sku) ?? 0]);
  });
  if (forecasts.length === 0) return skipped(`${series.length} SKUs leave none to forecast.`);
  print(`${forecasts.length} forecasts of ${DAYS.horizon} days`);
  const theirs = await askStatsforecast({
    horizon: DAYS.horizon,
    series: series.map(({ units }) => units),
    forecasts,
  });
  print(tableOf(ours.methods, theirs));
  const aims = aimsOf(ours.methods, theirs);
  for (const { aim, own, least, by } of aims)
    print(
      `${own <= least ? 'met' : 'NOT MET'}: ${aim}: ${own.toFixed(4)}, the least other ${least.toFixed(4)} (${by})`,
    );
  return aims.every(({ own, least }) => own <= least);
}

interface Asked {
  readonly horizon: number;
  readonly series: readonly (readonly number[])[];
  readonly forecasts: readonly (readonly [number, number])[];
}

async function askStatsforecast(asked: Asked): Promise<readonly TheirFigures[]> {
  const folder = await mkdtemp(join(tmpdir(), 'entrepot-statsforecast-'));
  try {
    const file = join(folder, 'asked.json');
    await writeFile(file, JSON.stringify(asked));
    const child = spawn(
      join(programsOf(CACHE), 'python'),
      ['-W', 'ignore', here('statsforecast_figures.py'), file],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    );
    let printed = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
    });
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject).on('close', resolve);
    });
    if (code !== 0) throw new Error(`statsforecast ended with ${code}`);
    return theirFigures.parse(JSON.parse(printed));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** How a method of ours, or of theirs, did on days. */
interface Row {
  readonly code: string;
  readonly wapeOfMedian: number;
  readonly wapeOfMean: number;
  readonly pinball: number;
}

const ourRow = ({ code, ofDays }: MethodFigures): Row => ({
  ...{ code, wapeOfMedian: ofDays.pinball[0], wapeOfMean: ofDays.wape, pinball: ofDays.meanPinball },
});

/** Their intervals are symmetric, so that the mean is the median. */
const theirRow = ({ code, wape, meanPinball }: TheirFigures): Row => ({
  ...{ code: `statsforecast ${code}`, wapeOfMedian: wape, wapeOfMean: wape, pinball: meanPinball },
});

function aimsOf(methods: readonly MethodFigures[], theirs: readonly TheirFigures[]) {
  const [selected, ...singles] = methods.map(ourRow);
  if (selected === undefined) return [];
  const others = theirs.map(theirRow);
  const against = (aim: string, of: 'wapeOfMedian' | 'wapeOfMean' | 'pinball', rows: readonly Row[]) => {
    const least = rows.toSorted((a, b) => a[of] - b[of])[0];
    return { aim, own: selected[of], least: least?.[of] ?? Number.POSITIVE_INFINITY, by: least?.code ?? '-' };
  };
  // The combinations are what the selection chooses from, and no single methods.
  const methodsAlone = singles.filter(({ code }) => code !== 'median' && code !== 'weighted');
  return [
    against('pinball of days, beside our single methods', 'pinball', methodsAlone),
    against('pinball of days, beside statsforecast', 'pinball', others),
    against('WAPE of the median of days, beside statsforecast', 'wapeOfMedian', others),
    against('WAPE of the mean of days, beside statsforecast', 'wapeOfMean', others),
  ];
}

const COLUMNS: readonly Column[] = [
  { title: 'method' },
  ...['WAPE of median', 'of mean', 'pinball 0.5', '0.9', '0.95', 'mean', 'within 0.95', '14 days: WAPE'].map(
    (title): Column => ({ title, align: 'right' }),
  ),
];

function tableOf(methods: readonly MethodFigures[], theirs: readonly TheirFigures[]): string {
  const row = (
    { code, wapeOfMedian, wapeOfMean, pinball }: Row,
    parts: readonly number[],
    { within, ofTotals }: { readonly within: number; readonly ofTotals: number },
  ) => [
    code,
    ...[wapeOfMedian, wapeOfMean, ...parts, pinball].map((each) => each.toFixed(4)),
    `${(100 * within).toFixed(1)} %`,
    ofTotals.toFixed(4),
  ];
  return textTable(COLUMNS, [
    ...methods.map((each) =>
      row(ourRow(each), each.ofDays.pinball, {
        within: each.ofDays.coverage[2],
        ofTotals: each.ofTotals.wape,
      }),
    ),
    ...theirs.map((each) =>
      row(theirRow(each), each.pinball, { within: each.coverage[2], ofTotals: each.wapeOfTotals }),
    ),
  ]);
}
