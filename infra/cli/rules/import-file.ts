import { type ApiClient, ApiProblem } from '../client/api-client.ts';
import { operatorAt } from '../client/operator-at.ts';
import { BadFile } from '../terminal/bad-file.ts';
import { confirmed } from '../terminal/confirmed.ts';
import { type ImportPart, importParts } from './import-parts.ts';
import { changesText, type PrintedChange } from './print-changes.ts';
import { readRuleFile } from './read-rule-file.ts';
import { type ReadRuleFile, rowProblemLines } from './row-problems.ts';
import type { ImportOptions } from './rules-options.ts';

interface ImportAnswer {
  readonly version: string;
  readonly stored: boolean;
  readonly changes: readonly PrintedChange[];
}

/** Checks a file, shows its changes at the backend, and stores it after confirmation. */
export async function importFile(options: ImportOptions, say: (line: string) => void): Promise<void> {
  const { file: path, url, dryRun, yes } = options;
  const read = readRuleFile(path);
  const { file } = read;
  const parts = importParts(file);
  if (parts.length > 1)
    say(
      `${file.rows.length} rows are too many for one request (6 MB with its answer at Lambda, 10 MB at API Gateway): ` +
        `they are sent in ${parts.length} imports. Each import is stored completely or not at all.`,
    );
  const client = await operatorAt(options);
  const planned: PrintedChange[] = [];
  for (const part of parts) planned.push(...(await send(client, part, true, { path, read })).changes);
  say(changesText(planned));
  if (planned.length === 0 || dryRun) return;
  if (!yes && !(await confirmed(`Add these changes to the rules of ${url}? [y/N] `))) {
    say('Nothing was stored.');
    return;
  }
  await store(client, parts, { path, read }, say);
}

interface Place {
  readonly path: string;
  readonly read: ReadRuleFile;
}

/** Stores the parts in turn. When a part fails, the parts before it stay stored. The same import may be repeated. */
export async function store(
  client: ApiClient,
  parts: readonly ImportPart[],
  place: Place,
  say: (line: string) => void,
): Promise<void> {
  for (const [index, part] of parts.entries()) {
    const of = parts.length === 1 ? '' : `Import ${index + 1} of ${parts.length}: `;
    try {
      const { version, stored } = await send(client, part, false, place);
      say(stored ? `${of}Stored: new quotes name version ${version}.` : `${of}Nothing changes.`);
    } catch (error) {
      if (index > 0)
        say(
          `${index} of ${parts.length} imports were stored and stay stored. Correct the error, and import the file again.`,
        );
      throw error;
    }
  }
}

function send(client: ApiClient, part: ImportPart, dryRun: boolean, place: Place): Promise<ImportAnswer> {
  return client
    .call<ImportAnswer>({
      method: 'POST',
      path: '/v1/admin/rules/imports',
      body: { dryRun, file: part.file },
    })
    .catch((error: unknown) => {
      throw error instanceof ApiProblem ? new BadFile(problemText(error, part, place)) : error;
    });
}

/** The backend's errors, each with its line in the file. */
function problemText(
  { problem, status, message }: ApiProblem,
  { places }: ImportPart,
  { path, read }: Place,
): string {
  if (status === 413)
    return `${path}: the backend does not accept a request of this size: Lambda accepts 6 MB, and API Gateway 10 MB`;
  const { errors = [], detail = message } = (problem ?? {}) as {
    detail?: string;
    errors?: { pointer: string; detail: string }[];
  };
  if (errors.length === 0) return detail;
  const problems = errors.map(({ pointer, detail: how }) => {
    const [, index = '0', field = ''] = /^\/file\/rows\/(\d+)\/?(.*)$/.exec(pointer) ?? [];
    return { row: places[Number(index)] ?? 0, field: field.replaceAll('/', '.'), detail: how };
  });
  return rowProblemLines(path, read, problems).join('\n');
}
