import { type ApiClient, ApiProblem } from '../client/api-client.ts';
import { operatorAt } from '../client/operator-at.ts';
import { BadFile } from '../terminal/bad-file.ts';
import { confirmed } from '../terminal/confirmed.ts';
import type { Progress } from '../terminal/progress.ts';
import { type Column, textTable } from '../terminal/text-table.ts';
import { editionReport } from './edition-report.ts';
import { type Edition, makeEdition } from './make-edition.ts';
import type { ImportOptions } from './tariff-options.ts';

/** What an import changes, or would, against the edition in use before it. */
interface ImportAnswer {
  readonly stored: boolean;
  readonly lines: number;
  readonly unparsed: number;
  readonly changes: readonly {
    readonly chapter: string;
    readonly added: number;
    readonly removed: number;
    readonly changed: number;
  }[];
}

/**
 * Converts a publisher's files on this machine, shows what the edition would change at the backend, and stores it after
 * a question: all of it or nothing.
 */
export async function importEdition(
  options: ImportOptions,
  today: string,
  { progress, say }: { readonly progress: Progress; readonly say: (line: string) => void },
): Promise<void> {
  const edition = makeEdition(options, today, progress);
  for (const line of editionReport(edition, options.listUnparsed)) say(line);
  const client = await operatorAt(options);
  const planned = await send(client, edition, true);
  say(changesText(planned));
  if (options.dryRun) {
    say('This was a dry run. Nothing was stored.');
    return;
  }
  const { tariff, edition: name } = edition.header;
  if (
    !options.yes &&
    !(await confirmed(`Use edition ${name} of the tariff ${tariff} at ${options.url}? [y/N] `))
  ) {
    say('Nothing was stored.');
    return;
  }
  const { stored } = await send(client, edition, false);
  say(
    stored ? 'Stored: new quotes use it within seconds.' : 'Nothing changes: the edition is stored already.',
  );
}

const columns: readonly Column[] = [
  { title: 'chapter', align: 'left' },
  { title: 'added', align: 'right' },
  { title: 'removed', align: 'right' },
  { title: 'rate changed', align: 'right' },
];

function changesText({ changes }: ImportAnswer): string {
  if (changes.length === 0) return 'The lines and rates are those of the edition in use.';
  const rows = changes.map(({ chapter, added, removed, changed }) =>
    [chapter, added, removed, changed].map(String),
  );
  return textTable(columns, rows);
}

function send(client: ApiClient, { header, file }: Edition, dryRun: boolean): Promise<ImportAnswer> {
  const body = { dryRun, header, file: Buffer.from(file).toString('base64') };
  return client
    .call<ImportAnswer>({ method: 'POST', path: '/v1/admin/tariffs/imports', body })
    .catch((error: unknown) => {
      throw error instanceof ApiProblem ? new BadFile(problemText(error)) : error;
    });
}

function problemText({ problem, status, message }: ApiProblem): string {
  if (status === 413) return 'the edition is larger than the backend takes in one request';
  const { errors = [], detail = message } = (problem ?? {}) as {
    detail?: string;
    errors?: { pointer: string; detail: string }[];
  };
  return errors.length === 0 ? detail : errors.map((each) => `${each.pointer}: ${each.detail}`).join('\n');
}
