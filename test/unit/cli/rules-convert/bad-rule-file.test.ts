import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readRuleFile } from '../../../../infra/cli/rules/read-rule-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'rules-bad-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'rules.json');

/** The errors, one on each line, without the folder. */
function problems(file: unknown, spaces?: number): string[] {
  writeFileSync(path, typeof file === 'string' ? file : JSON.stringify(file, undefined, spaces));
  try {
    readRuleFile(path);
    return [];
  } catch (error) {
    return (error as Error).message.replaceAll(`${folder}/`, '').split('\n');
  }
}

const row = (id: string, over: object = {}) => ({
  id,
  kind: 'tariff-line',
  regime: 'gb',
  tariff: 'gb',
  hsPrefix: '69111000',
  goods: 'Tableware of porcelain',
  rate: '12',
  validFrom: '2026-12-01',
  law: 'a law of this test',
  provenance: 'published',
  confidence: 'high',
  ...over,
});

describe('a rule file with errors', () => {
  it('reports a bad row in plain words, with line, row and field', () => {
    expect(problems({ rows: [row('a'), row('b', { law: 'UK' })] }, 1)).toEqual([
      'rules.json:16: row 2, law: at least 8 characters, not 2',
    ]);
  });

  it('reports the row and its JSON pointer if all rows are on one line', () => {
    expect(problems({ rows: [row('a'), row('b', { law: undefined })] })).toEqual([
      'rules.json: row 2 at /rows/1/law, law: this field is missing: a text',
    ]);
  });

  it('reports an error once if many rows have it', () => {
    const rows = ['a', 'b', 'c'].map((id) => row(id, { law: 'UK' }));
    expect(problems({ rows }, 1)).toEqual([
      'rules.json:3: row 1, law: at least 8 characters, not 2 (3 rows: 1, 2, 3)',
    ]);
  });

  it('reports an error in its defaults once', () => {
    const rows = ['a', 'b'].map((id) => row(id, { law: undefined }));
    expect(problems({ defaults: { law: 'UK' }, rows }, 1)).toEqual([
      'rules.json: /defaults/law: at least 8 characters, not 2',
    ]);
  });

  it.each([
    ['{}', ['rules.json: /rows: this field is missing: a list']],
    ['{ "rows": [] }', ['rules.json: /rows: at least 1 entry, not 0']],
    ['[]', ['rules.json: the file: an object, not a list']],
    ['{', [expect.stringContaining('rules.json: the file is not JSON')]],
    [' ', ['rules.json: the file is empty']],
  ])('with %s gives a message that explains what a rule file is', (text, lines) => {
    expect(problems(text)).toEqual(lines);
  });
});
