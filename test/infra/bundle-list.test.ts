import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { bundleParts, partLines } from '../../infra/cli/bundles/bundle-parts.ts';
import { bundleLines } from '../../infra/cli/bundles/list-bundles.ts';
import { measureLoads } from '../../infra/cli/bundles/measure-load.ts';
import { bundleWithParts } from '../../infra/constructs/bundling/bundle-functions.ts';

const folder = mkdtempSync(join(tmpdir(), 'entrepot-loads-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const moduleOf = (name: string, code: string) => {
  const file = join(folder, `${name}.mjs`);
  writeFileSync(file, code);
  return file;
};

describe('the load times of bundles', () => {
  it('gives each module its processor time', () => {
    const idle = moduleOf('idle', 'export const handler = 1;');
    const busy = moduleOf('busy', 'while (process.cpuUsage().user < 300_000);');
    const loads = measureLoads([idle, busy], 3);
    expect(loads.get(busy)).toBeGreaterThan((loads.get(idle) ?? Number.NaN) + 50);
  });

  it('fails when a module can not be loaded', () => {
    const broken = moduleOf('broken', 'throw new Error("settings are missing");');
    expect(() => measureLoads([broken], 1)).toThrow('settings are missing');
  });

  it('prints sizes and ratios, and a dash for what was not measured', () => {
    const bundle = { id: 'setup/put-seller', bytes: 204_800, allBytes: 307_200, gzippedBytes: 51_200 };
    expect(bundleLines({ bundles: [{ ...bundle, ratio: 1.456 }], bareMs: 30 })).toEqual([
      ' at start       all   gzipped   load  function',
      '   200 kB    300 kB     50 kB   1.46  setup/put-seller',
      'at start: what is loaded before the first call; all: with what is loaded when it is needed',
      'load: processor time of loading, as a ratio to the bare DynamoDB client (30.0 ms here)',
    ]);
    expect(bundleLines({ bundles: [{ ...bundle, ratio: undefined }], bareMs: undefined })[1]).toBe(
      '   200 kB    300 kB     50 kB      -  setup/put-seller',
    );
  });
});

describe('the parts of a bundle', () => {
  it('are its files, which add up to nearly all its bytes', async () => {
    const id = 'operations/get-health';
    const bundle = (await bundleWithParts([id])).get(id);
    const files = await bundleParts(id, true);
    const sum = files.reduce((total, { bytes }) => total + bytes, 0);
    expect(sum / (bundle?.files.get('index.mjs')?.length ?? 0)).toBeGreaterThan(0.9);
    expect(files.find(({ name }) => name === 'functions/operations/get-health.ts')?.loadMs).toBeGreaterThan(
      0,
    );
  });

  it('are put together by package and folder', async () => {
    const names = (await bundleParts('operations/get-health', false)).map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        '@aws-sdk/client-dynamodb',
        '@smithy/core/schema',
        'shared/runtime',
        'zod/core',
      ]),
    );
    expect(new Set(names).size).toBe(names.length);
  });

  it('are counted by when they are loaded', async () => {
    const parts = await bundleParts('3-payment/hook-payment', true);
    const adapters = parts.filter(({ name }) => /^shared\/.*\/adapter\.ts$/.test(name));
    expect(adapters.length).toBeGreaterThan(5);
    for (const { bytes, lateBytes, loadMs } of adapters) {
      expect([bytes, loadMs]).toEqual([0, 0]);
      expect(lateBytes).toBeGreaterThan(0);
    }
  });

  it('are printed with bytes and milliseconds', () => {
    const parts = [
      { name: 'zod/core', bytes: 80_775, lateBytes: 0, loadMs: 0.604 },
      { name: 'types only', bytes: 0, lateBytes: 0, loadMs: 0 },
      { name: 'highs', bytes: 0, lateBytes: 36_000, loadMs: 0 },
    ];
    expect(partLines(parts)).toEqual([
      '    bytes      late   load ms  part',
      '    80775         0      0.60  zod/core',
      '        0     36000      0.00  highs',
      'late: bytes in files that are loaded when they are needed',
    ]);
  });
});
