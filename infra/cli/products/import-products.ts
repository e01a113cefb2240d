import { type ApiClient, ApiProblem } from '../client/api-client.ts';
import { operatorAt } from '../client/operator-at.ts';
import { type FileProblem, problemLines } from '../files/problems.ts';
import { BadFile } from '../terminal/bad-file.ts';
import { confirmed } from '../terminal/confirmed.ts';
import type { Progress } from '../terminal/progress.ts';
import { importText, type Planned, warningsText } from './print-import.ts';
import type { ImportOptions } from './products-options.ts';
import type { ReadProduct } from './read-product.ts';
import { readProductFile, similarSkus } from './read-product-file.ts';

/** The largest number of products in one request. One request is stored in one transaction. */
const MAX_PRODUCTS = 100;
const MAX_BYTES = 3_000_000;

/** The largest number of errors that are shown. */
const MAX_PROBLEMS = 200;

interface ImportAnswer extends Planned {
  readonly warnings: readonly { readonly pointer: string; readonly detail: string }[];
}

/** Checks a file, shows its changes at the backend, and stores it after confirmation. */
export async function importProducts(options: ImportOptions, progress: Progress): Promise<void> {
  const { file: path, url, dryRun, yes } = options;
  const products = readProductFile(path);
  const parts = partsOf(products);
  const client = await operatorAt(options);
  const planned = await check(client, parts, { path, progress, total: products.length });
  progress.say(importText(planned.answers));
  for (const line of warningsText(planned.warnings)) progress.say(line);
  const changing = planned.answers.reduce((all, { added, changed }) => all + added + changed, 0);
  if (changing === 0 || dryRun) return;
  if (!yes && !(await confirmed(`Store these ${changing} products at ${url}? [y/N] `))) {
    progress.say('Nothing was stored.');
    return;
  }
  await store(client, parts, progress);
}

/** Parts that fit into a request, in the order of the file. */
function partsOf(products: readonly ReadProduct[]): ReadProduct[][] {
  const parts: ReadProduct[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const product of products) {
    const own = Buffer.byteLength(JSON.stringify(product.product));
    if (bytes + own > MAX_BYTES || (parts.at(-1)?.length ?? 0) >= MAX_PRODUCTS) {
      parts.push([]);
      bytes = 0;
    }
    parts.at(-1)?.push(product);
    bytes += own;
  }
  return parts;
}

function send(client: ApiClient, part: readonly ReadProduct[], dryRun: boolean): Promise<ImportAnswer> {
  return client.call<ImportAnswer>({
    method: 'POST',
    path: '/v1/admin/products/import',
    body: { dryRun, products: part.map(({ product }) => product) },
  });
}

/** A dry run of every part, so that all errors of the file are reported together. Throws {@link BadFile}. */
async function check(
  client: ApiClient,
  parts: readonly ReadProduct[][],
  { path, progress, total }: { readonly path: string; readonly progress: Progress; readonly total: number },
): Promise<{ answers: ImportAnswer[]; warnings: string[] }> {
  const step = progress.start('checking', total, 'products');
  const answers: ImportAnswer[] = [];
  const problems: FileProblem[] = [];
  const warnings = similarSkus(parts.flat());
  for (const part of parts) {
    try {
      const answer = await send(client, part, true);
      answers.push(answer);
      warnings.push(...answer.warnings.map((warning) => problemIn(part, warning)));
    } catch (error) {
      if (!(error instanceof ApiProblem) || ![400, 413, 422].includes(error.status)) throw error;
      problems.push(...problemsIn(part, error));
    }
    step.advance(part.length);
  }
  step.end();
  if (problems.length > 0) throw new BadFile(badFileText(problemLines(path, problems)));
  return { answers, warnings: problemLines(path, warnings) };
}

function badFileText(lines: readonly string[]): string {
  const left = lines.length - MAX_PROBLEMS;
  return [
    ...lines.slice(0, MAX_PROBLEMS),
    ...(left > 0 ? [`… and ${left} more`] : []),
    'Nothing was stored.',
  ].join('\n');
}

interface Pointed {
  readonly pointer: string;
  readonly detail: string;
}

/** The place in the file for a JSON pointer into the request: the line and the column. */
function problemIn(part: readonly ReadProduct[], { pointer, detail }: Pointed): FileProblem {
  const [, index, inside = ''] = /^\/products\/(\d+)(.*)$/.exec(pointer) ?? [];
  const read = index === undefined ? undefined : part[Number(index)];
  return read === undefined
    ? { line: part[0]?.line ?? 1, reason: detail }
    : { line: read.line, reason: `${read.columnOf(inside)}: ${detail}` };
}

function problemsIn(part: readonly ReadProduct[], { problem, message }: ApiProblem): FileProblem[] {
  const { errors = [], detail = message } = (problem ?? {}) as { detail?: string; errors?: Pointed[] };
  return errors.length === 0
    ? [{ line: part[0]?.line ?? 1, reason: detail }]
    : errors.map((error) => problemIn(part, error));
}

/** Stores the parts in turn. When a part fails, the parts before it stay stored. The same import may be repeated. */
async function store(client: ApiClient, parts: readonly ReadProduct[][], progress: Progress): Promise<void> {
  const total = parts.reduce((all, part) => all + part.length, 0);
  const step = progress.start('storing', total, 'products');
  let done = 0;
  try {
    for (const part of parts) {
      await send(client, part, false);
      done += part.length;
      step.advance(part.length);
    }
  } catch (error) {
    step.end();
    progress.say(
      `The first ${done} of ${total} products are stored and stay stored: import the file again to store the rest.`,
    );
    throw error;
  }
  step.end();
  progress.say('Stored.');
}
