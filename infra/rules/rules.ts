import { readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { overlapsOf, problemsOfRows } from '../../shared/customs/registry/check-rules.ts';
import { diffRules } from '../../shared/customs/registry/diff-rules.ts';
import { countriesOf } from '../../shared/customs/registry/import-rules.ts';
import { mergeRules } from '../../shared/customs/registry/merge-rules.ts';
import { builtinRows } from '../../shared/customs/rules/builtin.ts';
import { type RuleFile, rowsOf, ruleFileSchema } from '../../shared/customs/rules/rule-file.ts';
import type { Rule } from '../../shared/customs/rules/schema.ts';
import { fingerprint } from '../../shared/kernel/hash.ts';
import { ApiProblem, createApiClient } from '../demo/api-client.ts';
import { signInAt } from '../replay/operator-client.ts';
import { changesText, type PrintedChange } from './print-changes.ts';
import { rowLines } from './row-lines.ts';
import { RULES_HELP, type RulesCommand, readRulesOptions } from './rules-options.ts';

const versionFile = new URL('../../shared/customs/rules/data/version.json', import.meta.url);

/** A file with something wrong in it: one line a problem, each with its place. */
class BadFile extends Error {
  override readonly name = 'BadFile';
}

async function main(): Promise<void> {
  const options = readRulesOptions(process.argv.slice(2), process.env.ENTREPOT_TOKEN);
  if (options.command === 'help') console.log(RULES_HELP);
  else if (options.command === 'version') writeVersion(new Date().toISOString().slice(0, 10));
  else if (options.command === 'check') check(options.file);
  else await importFile(options);
}

function writeVersion(today: string): void {
  const version = `${today}-${fingerprint(builtinRows).slice(0, 8)}`;
  writeFileSync(versionFile, `{ "version": "${version}" }\n`);
  console.log(`${builtinRows.length} rules, version ${version}`);
}

/** Reads a file and checks every row of it; throws {@link BadFile} with the lines. */
function readFile(path: string): { readonly file: RuleFile; readonly lines: readonly number[] } {
  const text = readFileSync(path, 'utf8');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new BadFile(`${path}: not JSON: ${error instanceof Error ? error.message : error}`);
  }
  const read = ruleFileSchema.safeParse(json);
  if (!read.success)
    throw new BadFile(
      read.error.issues.map(({ path: at, message }) => `${path}: ${at.join('.')}: ${message}`).join('\n'),
    );
  const lines = rowLines(text);
  const problems = problemsOfRows(rowsOf(read.data));
  if (problems.length > 0)
    throw new BadFile(
      problems
        .map(({ row, field, detail }) => `${path}:${lines[row] ?? 1}: row ${row + 1}: ${field}: ${detail}`)
        .join('\n'),
    );
  return { file: read.data, lines };
}

function check(path: string): void {
  const { file } = readFile(path);
  const rows = rowsOf(file) as unknown as Rule[];
  const overlaps = overlapsOf(mergeRules(builtinRows, rows));
  if (overlaps.length > 0)
    throw new BadFile(
      overlaps.map(({ ids, from }) => `${ids[0]} and ${ids[1]} both hold from ${from}: end one`).join('\n'),
    );
  console.log(`${rows.length} rows, none wrong. Against the repository's rules:`);
  console.log(changesText(diffRules(builtinRows, rows, countriesOf)));
}

type Import = Extract<RulesCommand, { command: 'import' }>;
interface ImportAnswer {
  readonly version: string;
  readonly stored: boolean;
  readonly changes: readonly PrintedChange[];
}

async function importFile({ file: path, url, token, dataDir, dryRun, yes }: Import): Promise<void> {
  const { file, lines } = readFile(path);
  const bearer = token ?? (await signInAt(url, dataDir)());
  const client = createApiClient(url, { authorization: `Bearer ${bearer}` });
  const send = (dry: boolean) =>
    client
      .call<ImportAnswer>({
        method: 'POST',
        path: '/v1/admin/rules/imports',
        body: { dryRun: dry, file },
      })
      .catch((error: unknown) => {
        throw error instanceof ApiProblem ? new BadFile(problemText(error, path, lines)) : error;
      });
  const planned = await send(true);
  console.log(changesText(planned.changes));
  if (planned.changes.length === 0 || dryRun) return;
  if (!yes && !(await confirmed(`Lay these over the rules of ${url}? [y/N] `))) {
    console.log('Nothing was stored.');
    return;
  }
  const { version } = await send(false);
  console.log(`Stored: new quotes name version ${version}.`);
}

function problemText({ problem, message }: ApiProblem, path: string, lines: readonly number[]): string {
  const { errors = [], detail = message } = problem as {
    detail?: string;
    errors?: { pointer: string; detail: string }[];
  };
  if (errors.length === 0) return detail;
  return errors
    .map(({ pointer, detail: how }) => {
      const row = Number(/^\/file\/rows\/(\d+)/.exec(pointer)?.[1] ?? '0');
      return `${path}:${lines[row] ?? 1}: row ${row + 1}: ${pointer}: ${how}`;
    })
    .join('\n');
}

async function confirmed(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) throw new Error('nobody is here to ask: repeat with --yes, or with --dry-run');
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(question);
  terminal.close();
  return /^y(es)?$/i.test(answer.trim());
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
