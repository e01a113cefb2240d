import { counted, type FileProblem, problemLines } from '../files/problems.ts';
import { type ApiClient, ApiProblem } from './api-client.ts';

/** A row of a file in the form of an import's route, with its line. Its texts are not checked yet. */
export interface ImportRow {
  readonly line: number;
  readonly body: Readonly<Record<string, unknown>>;
  /** The line and the column of a field, of a row that has more than its first line. */
  readonly placeOf?: (inside: readonly string[]) => { readonly line: number; readonly column: string };
}

interface Pointed {
  readonly pointer: string;
  readonly detail: string;
}

/** What an import answers, or would. */
interface PartAnswer {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly warnings?: readonly Pointed[];
}

export interface FileImport<Row extends ImportRow> {
  readonly file: string;
  readonly dryRun: boolean;
  readonly rows: readonly Row[];
  readonly path: string;
  /** The body of a request with these rows. */
  readonly bodyOf: (rows: readonly Row[], dryRun: boolean) => unknown;
  /** One row, in a word. */
  readonly noun: string;
}

/** The largest number of rows in one request. One request is stored in one transaction. */
const MAX_ROWS = 100;
/** The largest size of the rows of one request, where its route takes more than that. */
const MAX_BYTES = 2_400_000;

interface ImportDeps {
  readonly operator: () => Promise<ApiClient>;
  readonly say: (line: string) => void;
}

/**
 * Asks the backend what each part of a file would change. Then stores the parts in turn, unless it is a dry run. If a
 * line is wrong, nothing of the file is stored, and every error is said with its line. An interrupted import can be
 * repeated. Returns whether the file had no error.
 */
export async function importInParts<Row extends ImportRow>(
  given: FileImport<Row>,
  { operator, say }: ImportDeps,
): Promise<boolean> {
  const client = await operator();
  const parts = partsOf(given.rows);
  const planned: PartAnswer[] = [];
  const errors: FileProblem[] = [];
  for (const part of parts) {
    const answer = await planOf(client, given, part);
    if ('errors' in answer) errors.push(...answer.errors);
    else planned.push(answer);
    if ('warnings' in answer) warn(given.file, answer.warnings ?? [], part, say);
  }
  if (errors.length > 0) return refuseFile(given.file, errors, say);
  const of = (name: 'added' | 'changed' | 'unchanged') =>
    planned.reduce((all, answer) => all + answer[name], 0);
  const counts = `${of('added')} added, ${of('changed')} changed, ${of('unchanged')} unchanged`;
  if (given.dryRun) {
    say(`This was a dry run. Nothing was stored: ${counts}`);
    return true;
  }
  await store(client, given, parts, say);
  say(`Stored: ${counts}`);
  return true;
}

/** Says every error of a file with its line, and that nothing was stored. */
export function refuseFile(file: string, errors: readonly FileProblem[], say: (line: string) => void): false {
  for (const line of problemLines(file, errors)) say(line);
  say(`${counted(errors.length, 'error')}: nothing was stored`);
  return false;
}

/** Rows that would replace an earlier row of the same file. */
export function repeatedRows(rows: readonly ImportRow[], keys: readonly string[]): FileProblem[] {
  const firsts = new Map<string, number>();
  return rows.flatMap(({ line, body }): FileProblem[] => {
    const key = JSON.stringify(keys.map((name) => body[name]));
    const first = firsts.get(key);
    if (first === undefined) firsts.set(key, line);
    return first === undefined ? [] : [{ line, reason: `line ${first} has the same ${keys.join(', ')}` }];
  });
}

/** Stores the parts in turn. Where one fails, those before it stay stored, which is said. */
async function store<Row extends ImportRow>(
  client: ApiClient,
  given: FileImport<Row>,
  parts: readonly Row[][],
  say: (line: string) => void,
): Promise<void> {
  let done = 0;
  try {
    for (const part of parts) {
      await post(client, given, part, false);
      done += part.length;
    }
  } catch (error) {
    say(
      `The first ${counted(done, given.noun)} are stored and stay stored: import the file again to store the rest.`,
    );
    throw error;
  }
}

/** Parts that fit into a request, in the order of the file. */
function partsOf<Row extends ImportRow>(rows: readonly Row[]): Row[][] {
  const parts: Row[][] = [];
  let bytes = 0;
  for (const row of rows) {
    const own = Buffer.byteLength(JSON.stringify(row.body));
    const last = parts.at(-1);
    if (last === undefined || last.length >= MAX_ROWS || bytes + own > MAX_BYTES) {
      parts.push([row]);
      bytes = own;
    } else {
      last.push(row);
      bytes += own;
    }
  }
  return parts;
}

function post<Row extends ImportRow>(
  client: ApiClient,
  { path, bodyOf }: FileImport<Row>,
  part: readonly Row[],
  dryRun: boolean,
): Promise<PartAnswer> {
  return client.call<PartAnswer>({ method: 'POST', path, body: bodyOf(part, dryRun) });
}

/** What a part would change, or why the backend refuses it, by the lines and columns of the file. */
async function planOf<Row extends ImportRow>(
  client: ApiClient,
  given: FileImport<Row>,
  part: readonly Row[],
): Promise<PartAnswer | { readonly errors: readonly FileProblem[] }> {
  try {
    return await post(client, given, part, true);
  } catch (error) {
    const { errors } = (error instanceof ApiProblem ? error.problem : {}) as { errors?: readonly Pointed[] };
    if (errors === undefined) throw error;
    return { errors: errors.map((each) => problemIn(part, each)) };
  }
}

/** The place in the file for a JSON pointer into the request. */
function problemIn(part: readonly ImportRow[], { pointer, detail }: Pointed): FileProblem {
  const [, , index, ...inside] = pointer.split('/');
  const row = part[Number(index)];
  const place = inside.length === 0 ? undefined : row?.placeOf?.(inside);
  if (place !== undefined) return { line: place.line, reason: `${place.column}: ${detail}` };
  const line = row?.line ?? part[0]?.line ?? 1;
  const [column] = inside;
  return { line, reason: column === undefined ? detail : `${column}: ${detail}` };
}

function warn(
  file: string,
  warnings: readonly Pointed[],
  part: readonly ImportRow[],
  say: (line: string) => void,
): void {
  const found = warnings.map((warning) => problemIn(part, warning));
  for (const line of problemLines(file, found)) say(`warning: ${line}`);
}
