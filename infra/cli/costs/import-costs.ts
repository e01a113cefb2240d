import { type ApiClient, ApiProblem } from '../client/api-client.ts';
import { counted, type FileProblem, problemLines } from '../files/problems.ts';
import type { CostKind, CostsOptions } from './costs-options.ts';
import { type FileCost, readCosts } from './read-costs.ts';

/** The largest number of costs in one request. One request is stored in one transaction. */
const MAX_COSTS = 100;

interface Pointed {
  readonly pointer: string;
  readonly detail: string;
}

interface Answer {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly warnings: readonly Pointed[];
}

/**
 * Checks the file, and asks the backend what each part of it would change. Then stores the parts in turn, unless it is
 * a dry run. If a line is wrong, nothing of the file is stored. An interrupted import can be repeated. Returns whether
 * the file had no error.
 */
export async function importCosts(
  { kind, file, dryRun }: Pick<CostsOptions, 'kind' | 'file' | 'dryRun'>,
  text: string,
  operator: () => Promise<ApiClient>,
  say: (line: string) => void,
): Promise<boolean> {
  const refuse = (errors: readonly FileProblem[]) => {
    for (const line of problemLines(file, errors)) say(line);
    say(`${counted(errors.length, 'error')}: nothing was stored`);
    return false;
  };
  const read = readCosts(kind, text);
  if (!read.ok) return refuse(read.errors);
  const twice = repeatsIn(kind, read.costs);
  if (twice.length > 0) return refuse(twice);
  const client = await operator();
  const parts = partsOf(read.costs);
  const planned: Answer[] = [];
  const errors: FileProblem[] = [];
  for (const part of parts) {
    const answer = await planOf(client, kind, part);
    if ('errors' in answer) errors.push(...answer.errors);
    else planned.push(answer);
    if ('warnings' in answer) warn(file, answer.warnings, part, say);
  }
  if (errors.length > 0) return refuse(errors);
  const of = (name: 'added' | 'changed' | 'unchanged') =>
    planned.reduce((all, answer) => all + answer[name], 0);
  const counts = `${of('added')} added, ${of('changed')} changed, ${of('unchanged')} unchanged`;
  if (dryRun) {
    say(`This was a dry run. Nothing was stored: ${counts}`);
    return true;
  }
  await store(client, kind, parts, say);
  say(`Stored: ${counts}`);
  return true;
}

/** Stores the parts in turn. Where one fails, those before it stay stored, which is said. */
async function store(
  client: ApiClient,
  kind: CostKind,
  parts: readonly FileCost[][],
  say: (line: string) => void,
): Promise<void> {
  let done = 0;
  try {
    for (const part of parts) {
      await post(client, { kind, part, dryRun: false });
      done += part.length;
    }
  } catch (error) {
    say(
      `The first ${counted(done, 'cost')} are stored and stay stored: import the file again to store the rest.`,
    );
    throw error;
  }
}

const KEYS: Readonly<Record<CostKind, readonly string[]>> = {
  purchase: ['sku', 'validFrom'],
  marketing: ['storefrontId', 'market', 'channel', 'day'],
};

/** Lines that would replace an earlier line of the same file. */
function repeatsIn(kind: CostKind, costs: readonly FileCost[]): FileProblem[] {
  const firsts = new Map<string, number>();
  return costs.flatMap(({ line, body }): FileProblem[] => {
    const key = JSON.stringify(KEYS[kind].map((name) => body[name]));
    const first = firsts.get(key);
    if (first === undefined) firsts.set(key, line);
    return first === undefined
      ? []
      : [{ line, reason: `line ${first} has the same ${KEYS[kind].join(', ')}` }];
  });
}

function partsOf(costs: readonly FileCost[]): FileCost[][] {
  const parts: FileCost[][] = [];
  for (let from = 0; from < costs.length; from += MAX_COSTS) parts.push(costs.slice(from, from + MAX_COSTS));
  return parts;
}

interface Part {
  readonly kind: CostKind;
  readonly part: readonly FileCost[];
  readonly dryRun: boolean;
}

function post(client: ApiClient, { kind, part, dryRun }: Part): Promise<Answer> {
  const body = { dryRun, [kind]: part.map((cost) => cost.body) };
  return client.call<Answer>({ method: 'POST', path: '/v1/admin/costs/import', body });
}

/** What a part of the costs would change, or why the backend refuses it, by the lines and columns of the file. */
async function planOf(
  client: ApiClient,
  kind: CostKind,
  part: readonly FileCost[],
): Promise<Answer | { readonly errors: readonly FileProblem[] }> {
  try {
    return await post(client, { kind, part, dryRun: true });
  } catch (error) {
    const { errors } = (error instanceof ApiProblem ? error.problem : {}) as { errors?: readonly Pointed[] };
    if (errors === undefined) throw error;
    return { errors: errors.map((each) => problemIn(part, each)) };
  }
}

/** The place in the file for a JSON pointer into the request. */
function problemIn(part: readonly FileCost[], { pointer, detail }: Pointed): FileProblem {
  const [, , index, column] = pointer.split('/');
  const line = part[Number(index)]?.line ?? part[0]?.line ?? 1;
  return { line, reason: column === undefined ? detail : `${column}: ${detail}` };
}

function warn(
  file: string,
  warnings: readonly Pointed[],
  part: readonly FileCost[],
  say: (line: string) => void,
): void {
  const found = warnings.map((warning) => problemIn(part, warning));
  for (const line of problemLines(file, found)) say(`warning: ${line}`);
}
