import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { slotting } from '../../../../infra/cli/replenish/slotting/slotting.ts';
import type { SlottingOptions } from '../../../../infra/cli/replenish/slotting/slotting-options.ts';
import { fakeApi, problem } from './fake-api.ts';

const folder = mkdtempSync(join(tmpdir(), 'entrepot-slotting-'));
afterAll(() => rmSync(folder, { recursive: true }));
const fileOf = (name: string, ...lines: readonly string[]) => {
  const path = join(folder, name);
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
};

async function run(options: Partial<SlottingOptions>, answers: Parameters<typeof fakeApi>[0]) {
  const { client, calls } = fakeApi(answers);
  const said: string[] = [];
  const isWell = await slotting(
    {
      ...{ warehouseId: 'pl-poznan', file: undefined, zones: undefined, dryRun: false, json: false },
      ...{ csv: false, ...options },
    } as SlottingOptions,
    { operator: async () => client, say: (line) => void said.push(line) },
  );
  return { isWell, said, calls };
}

describe('entrepot replenish slotting', () => {
  it('stores zones, and names the line of one that is no number', async () => {
    const head = 'zone,name,distanceMetres,capacityLitres';
    const good = await run(
      { zones: fileOf('zones.csv', head, 'A,Near,10,5000') },
      { 'POST /slotting/pl-poznan': () => ({ unchanged: 0 }) },
    );
    expect(good.said).toEqual(['Stored the zones']);
    expect(good.calls[0]?.body).toEqual({
      dryRun: false,
      layout: { zones: [{ zone: 'A', name: 'Near', distanceMetres: 10, capacityLitres: 5000 }] },
    });
    const bad = await run({ zones: fileOf('bad.csv', head, 'A,Near,10,5000', 'B,Far,60,x') }, {});
    expect(bad.isWell).toBe(false);
    expect(bad.said[0]).toMatch(/bad\.csv:3: capacityLitres: "x" is not a whole number/);
    expect(bad.calls).toEqual([]);
  });

  it('says what to do for a warehouse without zones, and for one that does not exist', async () => {
    const missing = () => problem(404, 'not-found');
    await expect(run({}, { 'GET /slotting/pl-poznan': missing })).rejects.toThrow(
      'pl-poznan has no storage zones: store them with --zones FILE.csv',
    );
    const zones = fileOf('z.csv', 'zone,name,distanceMetres,capacityLitres', 'A,Near,10,5000');
    await expect(run({ zones }, { 'POST /slotting/pl-poznan': missing })).rejects.toThrow(
      'there is no warehouse pl-poznan',
    );
  });
});
