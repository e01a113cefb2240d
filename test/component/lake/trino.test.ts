import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { lakeChecks } from '../../../shared/lake/checks.ts';
import { askLake } from '../../../shared/lake/engine/open-lake.ts';
import { subjects } from '../../../shared/lake/subjects/index.ts';
import { views } from '../../../shared/lake/views/index.ts';
import { trinoErrors } from '../../fakes/trino.ts';

let errorsIn: (sql: string) => string[];
beforeAll(async () => {
  errorsIn = await trinoErrors();
});

describe('Athena', () => {
  it.each(views.map(({ name, sql }) => [name, sql]))('can read the view %s', (_name, sql) => {
    expect(errorsIn(sql)).toEqual([]);
  });

  it('can read every check', () => {
    for (const { name, sql } of lakeChecks) expect([name, errorsIn(sql)]).toEqual([name, []]);
  });

  it('can read the name of every table and column without quotes', () => {
    for (const { name, columns } of subjects) {
      const sql = `SELECT ${Object.keys(columns).join(', ')} FROM ${name}`;
      expect([name, errorsIn(sql)]).toEqual([name, []]);
    }
  });

  it('can read the questions of the guide, and so can DuckDB', async () => {
    const guide = readFileSync('docs/lake.md', 'utf8');
    const [, block = ''] = /```sql\n([\s\S]*?)```/.exec(guide) ?? [];
    const inLines = [...guide.matchAll(/lake -- sql "([^"]+)"/g)].map(([, sql = '']) => sql);
    const questions = [...block.split(';'), ...inLines].map((sql) => sql.trim()).filter((sql) => sql !== '');
    expect(questions.length).toBeGreaterThan(4);
    const folder = mkdtempSync(join(tmpdir(), 'lake-guide-'));
    for (const sql of questions) {
      expect([sql, errorsIn(sql)]).toEqual([sql, []]);
      expect((await askLake(folder, sql)).rows).toEqual([]);
    }
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['a word of DuckDB', 'SELECT a FROM b QUALIFY row_number() OVER () = 1'],
    ['a cast of DuckDB', 'SELECT a::VARCHAR FROM b'],
    ['a list', 'SELECT [1, 2]'],
    ['a reserved word', 'SELECT by FROM b'],
    ['a function of DuckDB', "SELECT strftime(a, '%Y') FROM b"],
    ['a file', "SELECT a FROM read_parquet('x')"],
    ['a type of DuckDB', 'SELECT CAST(a AS HUGEINT) FROM b'],
  ])('would refuse %s, so this test does', (_case, sql) => {
    expect(errorsIn(sql)).not.toEqual([]);
  });

  it.each([
    'WITH days (day, n) AS (SELECT day, count(*) FROM orders GROUP BY day) SELECT day FROM days WHERE n IN (1, 2)',
    "SELECT s.state, sum(x.n) FROM x CROSS JOIN (VALUES ('a', 1)) AS s (state, sign) WHERE x.at >= ? GROUP BY s.state",
    'SELECT CAST(a AS DECIMAL(38, 0)), row_number() OVER (PARTITION BY b ORDER BY c) FROM d',
  ])('reads %s', (sql) => {
    expect(errorsIn(sql)).toEqual([]);
  });
});
