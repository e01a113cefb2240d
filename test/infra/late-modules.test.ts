import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { ROOT } from '../../infra/constructs/bundle-settings.ts';
import { BUNDLING, bundleWithParts } from '../../infra/constructs/bundling/bundle-functions.ts';
import { lighter } from '../../infra/constructs/bundling/lighter.ts';
import { count, text } from '../../shared/reports/answer/columns.ts';
import { cellTexts } from '../../shared/reports/page/cell-text.ts';
import { chartSvg } from '../../shared/reports/page/chart-svg.ts';

const columns = { market: text('Market', 'A market.'), orders: count('Orders', 'Orders.') };
const table = { name: 'rows', title: 'Rows', columns, rows: [{ market: 'Deutschland', orders: 3 }] };
const chart = { table: 'rows', kind: 'bar', title: 'Orders', x: 'market', y: ['orders'] } as const;
const drawn = { texts: cellTexts('de'), isRightToLeft: false, id: 'c0', width: 340 };

it('a module that is imported late draws out of a bundle what it draws out of its source', async () => {
  const { outputFiles } = await build({
    ...BUNDLING,
    plugins: lighter,
    stdin: {
      contents: "export const late = () => import('./shared/reports/page/chart-svg.ts');",
      resolveDir: ROOT,
    },
  });
  const folder = mkdtempSync(join(tmpdir(), 'late-modules-'));
  try {
    const file = join(folder, 'bundle.mjs');
    writeFileSync(file, outputFiles[0]?.contents ?? '');
    const { late } = await import(pathToFileURL(file).href);
    const svg = (await late()).chartSvg(table, chart, drawn);

    expect(svg).toBe(chartSvg(table, chart, drawn));
    expect(svg).toContain('Deutschland');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it('the route of reports loads nothing of the library that draws until it writes a page', async () => {
  const bundles = await bundleWithParts(['reports/get-report', 'reports/make-report']);
  const libraryIn = (id: string) =>
    Object.keys(bundles.get(id)?.parts ?? {}).filter((file) =>
      /node_modules\/(echarts|zrender)\//.test(file),
    );

  expect(libraryIn('reports/get-report')).toEqual([]);
  expect(libraryIn('reports/make-report')).not.toEqual([]);
});
