import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { ROOT } from '../../infra/constructs/bundle-settings.ts';
import {
  besideCode,
  besideOf,
  hashBeside,
  placeBeside,
} from '../../infra/constructs/bundling/beside-code.ts';

const folder = mkdtempSync(join(tmpdir(), 'entrepot-beside-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

mkdirSync(join(folder, 'from/us'), { recursive: true });
writeFileSync(join(folder, 'from/de.json'), '{"de":1}');
writeFileSync(join(folder, 'from/us/2026.json'), '{"us":1}');
const rates = {
  reader: 'shared/rates/read-rates.ts',
  name: 'rates',
  from: relative(ROOT, join(folder, 'from')),
};

it('a folder lies beside the code of a function that has its reader, with all that is in it', () => {
  const sources = ['functions/1-quote/post-quote.ts', 'shared/rates/read-rates.ts'];
  expect(besideOf(sources, [rates])).toEqual([rates]);
  // As the build for this machine names the copy of one function.
  expect(besideOf(['function:1-quote/post-quote:/home/shop/shared/rates/read-rates.ts'], [rates])).toEqual([
    rates,
  ]);
  expect(besideOf(['shared/rates/reread-rates.ts', 'shared/rates/index.ts'], [rates])).toEqual([]);

  placeBeside(join(folder, 'package'), [rates]);
  expect(readFileSync(join(folder, 'package/rates/de.json'), 'utf8')).toBe('{"de":1}');
  expect(readFileSync(join(folder, 'package/rates/us/2026.json'), 'utf8')).toBe('{"us":1}');
});

it('its hash changes with a content and with a name', () => {
  const first = hashBeside(rates);
  expect(hashBeside(rates)).toBe(first);
  writeFileSync(join(folder, 'from/de.json'), '{"de":2}');
  const second = hashBeside(rates);
  expect(second).not.toBe(first);
  writeFileSync(join(folder, 'from/fr.json'), '');
  expect(hashBeside(rates)).not.toBe(second);
});

it.each(besideCode)('$name is in the project, as is its reader, which names it', ({ reader, name, from }) => {
  expect(hashBeside({ reader, name, from })).toMatch(/^[0-9a-f]{64}$/);
  expect(readFileSync(join(ROOT, reader), 'utf8')).toContain(`new URL('./${name}`);
  expect(from).toMatch(/^(shared|node_modules)\//);
});
