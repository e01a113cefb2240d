import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

interface TrinoParser {
  validate(sql: string): readonly { readonly message: string; readonly startLine: number }[];
}

/**
 * The grammar of Trino, by which Athena reads a query: gives what is wrong with one. The package is written for
 * bundlers, so it is bundled first.
 */
export async function trinoErrors(): Promise<(sql: string) => string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'trino-'));
  try {
    const outfile = join(folder, 'trino.mjs');
    await build({
      stdin: {
        contents: "export { TrinoSQL } from 'dt-sql-parser/dist/parser/trino';",
        resolveDir: process.cwd(),
      },
      ...{ bundle: true, platform: 'node', format: 'esm', mainFields: ['module', 'main'], outfile },
      logLevel: 'silent',
    });
    const { TrinoSQL } = (await import(pathToFileURL(outfile).href)) as { TrinoSQL: new () => TrinoParser };
    const parser = new TrinoSQL();
    return (sql) => [
      ...parser.validate(sql).map(({ message, startLine }) => `line ${startLine}: ${message}`),
      ...unknownNames(sql),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The functions that DuckDB and Trino both have under one name and with one meaning, as far as they are used. */
const FUNCTIONS = new Set(
  'abs avg cast coalesce concat count date_diff date_trunc dense_rank first_value floor greatest lag lead least length lower max min mod nullif rank replace round row_number rtrim substr substring sum trim upper'.split(
    ' ',
  ),
);
/** Words before a bracket that are no functions. */
const WORDS = new Set(
  'all and as by case cross distinct else end except exists filter from group having in intersect into is join left not on or order over partition select then union using values when where with within'.split(
    ' ',
  ),
);
const TYPES = new Set(['varchar', 'bigint', 'integer', 'boolean', 'date', 'timestamp', 'double', 'decimal']);

/** Functions and types that only one of the engines may know: the grammar takes any name. */
function unknownNames(sql: string): string[] {
  const code = sql.replaceAll(/'(?:[^']|'')*'/g, "''").toLowerCase();
  const subqueries = new Set(
    [...code.matchAll(/\b([a-z_]\w*)(?:\s*\([^()]*\))?\s+as\s*\(/g)].map(([, name]) => name),
  );
  const called = [...code.matchAll(/\b([a-z_]\w*)\s*\(/g)].map(([, name = '']) => name);
  const aliased = new Set([...code.matchAll(/\bas\s+([a-z_]\w*)\s*\(/g)].map(([, name]) => name));
  const functions = called.filter(
    (name) =>
      !FUNCTIONS.has(name) &&
      !WORDS.has(name) &&
      !TYPES.has(name) &&
      !subqueries.has(name) &&
      !aliased.has(name),
  );
  const types = [...code.matchAll(/\bas\s+([a-z_]+)\s*(?:\([\d, ]+\))?\s*\)/g)].map(([, type = '']) => type);
  return [
    ...new Set(functions.map((name) => `${name}() is not known to be in both engines`)),
    ...new Set(
      types.filter((type) => !TYPES.has(type)).map((type) => `the type ${type} is not in both engines`),
    ),
  ];
}
