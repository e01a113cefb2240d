import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  bundleWithParts,
  type FunctionBundle,
  placeBundle,
} from '../../infra/constructs/bundling/bundle-functions.ts';
import { printPack } from '../../shared/payment/evidence/print/print-pack.ts';
import { paymentProviders } from '../../shared/payment/providers/index.ts';
import { count, text } from '../../shared/reports/answer/columns.ts';
import { cellTexts } from '../../shared/reports/page/cell-text.ts';
import { chartSvg } from '../../shared/reports/page/chart-svg.ts';

const columns = { market: text('Market', 'A market.'), orders: count('Orders', 'Orders.') };
const table = { name: 'rows', title: 'Rows', columns, rows: [{ market: 'Deutschland', orders: 3 }] };
const chart = { table: 'rows', kind: 'bar', title: 'Orders', x: 'market', y: ['orders'] } as const;
const drawn = { texts: cellTexts('de'), isRightToLeft: false, id: 'c0', width: 340 };

const IDS = [
  'reports/get-report',
  'reports/every-hour-compact-lake',
  '3-payment/hook-payment',
  '3-payment/on-order-stopped',
  'operations/authorise-storefront',
] as const;

// Below the packages of this project, as the native code of an engine has to be found there.
mkdirSync('node_modules/.cache/entrepot', { recursive: true });
const folder = mkdtempSync(resolve('node_modules/.cache/entrepot/late-modules-'));
let bundles: ReadonlyMap<string, FunctionBundle>;
beforeAll(async () => {
  bundles = await bundleWithParts(IDS);
});
afterAll(() => rmSync(folder, { recursive: true }));

function bundleOf(id: (typeof IDS)[number]): FunctionBundle {
  const bundle = bundles.get(id);
  if (bundle === undefined) throw new Error(`${id} was not bundled`);
  return bundle;
}

/** Every late file of a function but the one that throws, loaded as a module. */
async function loadEach(bundle: FunctionBundle, name: string): Promise<Record<string, unknown>[]> {
  const place = join(folder, name);
  placeBundle(place, bundle);
  const isLate = (file: string) => !bundle.atStart.includes(file) && !file.startsWith('event-streams-');
  const late = [...bundle.files.keys()].filter(isLate);
  return Promise.all(late.map((file) => import(pathToFileURL(join(place, file)).href)));
}

/** All that its late files give. */
const loadLate = async (bundle: FunctionBundle, name: string): Promise<Record<string, unknown>> =>
  Object.assign({}, ...(await loadEach(bundle, name)));

describe('a module that is loaded late', () => {
  it.each(IDS)('%s loads one file at its start, beside its own', (id) => {
    const { files, atStart } = bundleOf(id);
    expect(atStart).toHaveLength(2);
    expect(files.get('index.mjs')?.length).toBeLessThan(1_024);
    expect(files.size).toBeGreaterThan(2);
  });

  it.each(IDS)('shares with %s what both need, and brings no copy of it', (id) => {
    const { parts, lateParts } = bundleOf(id);
    const withBytes = ([, bytes]: readonly [string, number]) => bytes > 0;
    const atStart = new Set(
      Object.entries(parts)
        .filter(withBytes)
        .map(([file]) => file),
    );
    const twice = Object.entries(lateParts)
      .filter(withBytes)
      .filter(([file]) => atStart.has(file));
    expect(twice).toEqual([]);
  });

  it('draws out of a bundle what it draws out of its source', async () => {
    const late = (await loadLate(bundleOf('reports/get-report'), 'report')) as {
      readonly chartSvg: typeof chartSvg;
    };
    const svg = late.chartSvg(table, chart, drawn);

    expect(svg).toBe(chartSvg(table, chart, drawn));
    expect(svg).toContain('Deutschland');
  });

  it('is a package of CommonJS by its default export, which is all that its file gives', async () => {
    const late = await loadEach(bundleOf('reports/every-hour-compact-lake'), 'lake');
    type Engine = { readonly default?: Partial<typeof import('@duckdb/node-api')> };
    const engines = late.filter((file) => (file as Engine).default?.DuckDBInstance !== undefined);
    expect(engines).toHaveLength(1);
    expect((engines[0] as Engine).default?.DuckDBInstance?.create).toBeTypeOf('function');
    expect(engines[0]).not.toHaveProperty('DuckDBInstance');
  });

  it('is an adapter for each provider of the registry, none of which is loaded with the hook of payments', async () => {
    const hook = bundleOf('3-payment/hook-payment');
    const late = await loadLate(hook, 'hook');
    for (const { code } of paymentProviders) expect(late[code]).toMatchObject({ code });
    expect(Object.keys(hook.parts).filter((file) => file.endsWith('/adapter.ts'))).toEqual([]);
  });

  it('prints Chinese letters out of a bundle, with the fonts that lie beside it', async () => {
    const late = (await loadLate(bundleOf('3-payment/on-order-stopped'), 'print')) as {
      readonly printPack: typeof printPack;
    };
    const pack = {
      ...{ title: 'Evidence', asOf: '2026-12-01T10:00:00.000Z' },
      sections: [{ heading: 'Consignee', pairs: [['Name', '张伟']] as const }],
    };
    const printed = Buffer.from(await late.printPack(pack));

    expect(printed.equals(Buffer.from(await printPack(pack)))).toBe(true);
    expect(printed.toString('latin1')).toMatch(/\/BaseFont \/[A-Z]{6}\+NotoSansSC/);
  });

  it.each([
    ['the library that draws', 'reports/get-report', /node_modules\/(echarts|zrender)\//],
    ['the library that prints', '3-payment/on-order-stopped', /node_modules\/pdfkit\//],
    ['the client of secrets', 'operations/authorise-storefront', /client-secrets-manager\//],
  ] as const)('is %s', (_, id, library) => {
    const { parts, lateParts } = bundleOf(id);
    const libraryIn = (files: object) => Object.keys(files).filter((file) => library.test(file));
    expect(libraryIn(parts)).toEqual([]);
    expect(libraryIn(lateParts)).not.toEqual([]);
  });
});
