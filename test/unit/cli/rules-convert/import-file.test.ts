import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiClient, ApiProblem, type Call } from '../../../../infra/cli/client/api-client.ts';
import { importFile, store } from '../../../../infra/cli/rules/import-file.ts';
import { importParts } from '../../../../infra/cli/rules/import-parts.ts';
import type { ImportOptions } from '../../../../infra/cli/rules/rules-options.ts';
import { elementLines } from '../../../../infra/cli/terminal/element-lines.ts';
import { diffRules } from '../../../../shared/duties/rule-import/diff-rules.ts';
import { rowsOf } from '../../../../shared/duties/rules/rule-file.ts';
import type { Rule } from '../../../../shared/duties/rules/schema.ts';
import { euMemberStates } from '../../../../shared/kernel/country.ts';

const row = (id: string, hsPrefix: string, over: object = {}) => ({ id, hsPrefix, ...over });
const sent = (calls: readonly Call[]) =>
  calls.map(({ body }) => (body as { file: { rows: { id: string }[] } }).file.rows.map(({ id }) => id));

describe('a file that is too large for one request', () => {
  const file = {
    title: 'a schedule',
    defaults: { regime: 'us' },
    rows: [
      row('old-6109', '610910', { validTo: '2026-11-30' }),
      row('new-6110', '61102020'),
      row('new-6109', '61091000'),
      { id: 'preference', when: { goods: { only: ['61091000'] } } },
      { id: 'general' },
    ],
  };

  test('is sent in parts: each row is in exactly one part, and each part has the common members', () => {
    const parts = importParts(file, 3_000);
    expect(parts.length).toBeGreaterThan(1);
    for (const part of parts)
      expect(part.file).toMatchObject({ title: 'a schedule', defaults: { regime: 'us' } });
    expect(parts.flatMap(({ places }) => places).toSorted()).toEqual([0, 1, 2, 3, 4]);
    for (const { places, file: own } of parts)
      expect(own.rows).toEqual(places.map((place) => file.rows[place]));
  });

  test('keeps the rows of a heading in one part, so that old rows end and new rows begin together', () => {
    const [first] = importParts(file, 3_000);
    expect(first?.file.rows.map(({ id }) => id)).toEqual(['old-6109', 'new-6109', 'preference']);
  });

  test('is sent whole if it fits, and not at all if one heading does not fit', () => {
    expect(importParts(file)).toMatchObject([{ places: [0, 1, 2, 3, 4] }]);
    expect(() => importParts(file, 1_000)).toThrow('6109');
  });
});

describe('storing the parts of a file', () => {
  const parts = [0, 1, 2].map((place) => ({ places: [place], file: { rows: [row(`row-${place}`, '61')] } }));
  const place = {
    path: 'us.json',
    read: { file: { rows: [0, 1, 2].map((each) => row(`row-${each}`, '61')) }, lines: [4, 5, 6] },
  };
  function client(answer: (call: number) => ApiProblem | undefined): ApiClient & { calls: Call[] } {
    const calls: Call[] = [];
    return {
      calls,
      async call<T>(call: Call) {
        const problem = answer(calls.push(call) - 1);
        if (problem !== undefined) throw problem;
        return { version: `v${calls.length}`, stored: true, changes: [] } as T;
      },
    };
  }

  test('reports each part', async () => {
    const said: string[] = [];
    const api = client(() => undefined);
    await store(api, parts, place, (line) => said.push(line));
    expect(sent(api.calls)).toEqual([['row-0'], ['row-1'], ['row-2']]);
    expect(said[2]).toBe('Import 3 of 3: Stored: new quotes name version v3.');
  });

  test('stops after a refused part, and reports the parts that are stored', async () => {
    const said: string[] = [];
    const errors = [{ pointer: '/file/rows/0/rate', detail: 'a percentage as a decimal string' }];
    const api = client((call) => (call === 1 ? new ApiProblem('POST', 422, { errors }) : undefined));
    await expect(store(api, parts, place, (line) => said.push(line))).rejects.toThrow(
      // The first row of the second part is the file's second, in line 5.
      'us.json:5: row 2, rate: a percentage as a decimal string',
    );
    expect(api.calls).toHaveLength(2);
    expect(said.at(-1)).toContain('1 of 3 imports were stored and stay');
  });

  test('reports in plain words that a body is too large', async () => {
    const api = client(() => new ApiProblem('POST', 413, { message: 'Request Entity Too Large' }));
    await expect(store(api, parts, place, () => undefined)).rejects.toThrow(
      'Lambda accepts 6 MB, and API Gateway 10 MB',
    );
  });
});

describe('the import of a schedule with many lines', () => {
  const rows = Array.from({ length: 8_000 }, (_, index) => {
    const hsPrefix = String(10_000_000 + index * 1_013);
    return { id: `eu-${hsPrefix}-2026-12-01`, hsPrefix, goods: `Goods of line ${hsPrefix}`, rate: '12' };
  });
  const defaults = {
    ...{ kind: 'tariff-line', regime: 'eu', tariff: 'eu', validFrom: '2026-12-01' },
    ...{ law: 'a law of this test', provenance: 'published', confidence: 'high' },
  };
  const folder = mkdtempSync(join(tmpdir(), 'rules-import-'));
  const file = join(folder, 'schedule.json');
  const bodies: { dryRun: boolean; file: { rows: unknown[] }; bytes: number }[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const body = JSON.parse(text);
    bodies.push({ ...body, bytes: text.length });
    const changes = body.dryRun
      ? [{ ruleId: 'eu-1', kind: 'tariff-line', change: 'added', fields: [], destinations: ['DE'] }]
      : [];
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ version: 'v1', stored: !body.dryRun, changes }));
  });
  beforeAll(async () => {
    writeFileSync(file, JSON.stringify({ defaults, rows }));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });

  test('states the limit, plans all parts, and then stores them', async () => {
    const said: string[] = [];
    const { port } = server.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}`;
    const options: ImportOptions = {
      file,
      dryRun: false,
      yes: true,
      url,
      token: 't',
      dataDir: '',
    };
    await importFile(options, (line) => said.push(line));
    const parts = bodies.length / 2;
    expect(parts).toBeGreaterThan(1);
    expect(said[0]).toBe(
      '8000 rows are too many for one request (6 MB with its answer at Lambda, 10 MB at API Gateway): ' +
        `they are sent in ${parts} imports. Each import is stored completely or not at all.`,
    );
    expect(bodies.map(({ dryRun }) => dryRun)).toEqual(bodies.map((_, index) => index < parts));
    const stored = bodies.filter(({ dryRun }) => !dryRun);
    expect(stored.reduce((all, body) => all + body.file.rows.length, 0)).toBe(8_000);
    for (const { bytes } of bodies) expect(bytes).toBeLessThan(6_000_000);
  });

  test('gets answers within the limit for each part, even if every row is new or changed', () => {
    for (const part of importParts({ defaults, rows })) {
      const now = rowsOf(part.file) as unknown as Rule[];
      const before = now.map(
        (each) => ({ ...each, goods: `${each.id} before`, law: 'another law', rate: '1' }) as Rule,
      );
      for (const earlier of [[], before])
        expect(JSON.stringify(diffRules(earlier, now, () => euMemberStates)).length).toBeLessThan(6_000_000);
    }
  });
});

test('each row of a file has its line number', () => {
  const text =
    '{\n"title": "rows",\n"defaults": {"a": [{}]},\n"rows": [\n{"id": "[{"},\n\n{"when": {"goods": {}}}, {}\n]}';
  expect(elementLines(text, 'rows')).toEqual([5, 7, 7]);
  expect(elementLines('[\n{"a": [{}]},\n{}\n]')).toEqual([2, 3]);
});
