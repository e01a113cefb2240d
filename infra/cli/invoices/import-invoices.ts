import { formatMoney, fromJson, type MoneyJson } from '../../../shared/kernel/money.ts';
import { type ApiClient, ApiProblem } from '../client/api-client.ts';
import { counted, type FileProblem, problemLines } from '../files/problems.ts';
import type { InvoicesOptions } from './invoices-options.ts';
import { type FileLine, readInvoices } from './read-invoices.ts';

/** The largest number of lines in one request. */
const MAX_LINES = 100;

interface Answer {
  readonly lines: readonly {
    readonly line: number;
    readonly status: 'matched' | 'disputed' | 'unmatched';
    readonly orderId?: string;
    readonly excess?: MoneyJson;
    readonly repeated?: boolean;
    readonly reason?: string;
  }[];
}

/**
 * Checks the file, and asks the backend for the result of each line. Then stores the lines, unless it is a dry run.
 * If a line is wrong or contradicts an earlier line, nothing of the file is stored. An interrupted import can be
 * repeated, because known lines change nothing. Returns whether the file had no error.
 */
export async function importInvoices(
  { file, dryRun }: Pick<InvoicesOptions, 'file' | 'dryRun'>,
  text: string,
  operator: () => Promise<ApiClient>,
  say: (line: string) => void,
): Promise<boolean> {
  const read = readInvoices(text);
  const give = (errors: readonly FileProblem[]) => {
    for (const line of problemLines(file, errors)) say(line);
    say(`${counted(errors.length, 'error')}: nothing was stored`);
    return false;
  };
  if (!read.ok) return give(read.errors);
  const client = await operator();
  const parts = partsOf(read.lines);
  const looked = await Promise.all(parts.map((part) => send(client, part, true)));
  const wrong = looked.flatMap((answer) => ('errors' in answer ? answer.errors : []));
  if (wrong.length > 0) return give(wrong);
  const shown = dryRun ? looked : await inTurn(parts, (part) => send(client, part, false));
  const late = shown.flatMap((answer) => ('errors' in answer ? answer.errors : []));
  for (const [index, answer] of shown.entries())
    if ('lines' in answer) print(answer, parts[index] ?? [], file, say);
  if (late.length > 0) return give(late);
  const all = shown.flatMap((answer) => ('lines' in answer ? answer.lines : []));
  const of = (status: string) => all.filter((each) => each.status === status).length;
  const known = all.filter(({ repeated }) => repeated).length;
  say(
    `${dryRun ? 'This was a dry run. Nothing was stored: ' : ''}${counted(all.length, 'line')}: ` +
      `${of('matched')} matched, ${of('disputed')} disputed, ${of('unmatched')} unmatched` +
      (known === 0 ? '' : `; ${known} of them were known before`),
  );
  return true;
}

function partsOf(lines: readonly FileLine[]): FileLine[][] {
  const parts: FileLine[][] = [];
  for (let from = 0; from < lines.length; from += MAX_LINES) parts.push(lines.slice(from, from + MAX_LINES));
  return parts;
}

async function inTurn<T, U>(items: readonly T[], act: (item: T) => Promise<U>): Promise<U[]> {
  const done: U[] = [];
  for (const item of items) done.push(await act(item));
  return done;
}

/** Sends a part of the lines. Gives the backend's answer, or its refusal with the lines of the file. */
async function send(
  client: ApiClient,
  part: readonly FileLine[],
  dryRun: boolean,
): Promise<Answer | { readonly errors: readonly FileProblem[] }> {
  try {
    const body = { dryRun, lines: part.map((line) => line.body) };
    return await client.call<Answer>({ method: 'POST', path: '/v1/admin/carrier-invoices', body });
  } catch (error) {
    const { errors } = (error instanceof ApiProblem ? error.problem : {}) as {
      errors?: { pointer: string; detail: string }[];
    };
    if (errors === undefined) throw error;
    return {
      errors: errors.map(({ pointer, detail }) => ({
        line: part[Number(/^\/lines\/(\d+)/.exec(pointer)?.[1])]?.line ?? 1,
        reason: detail,
      })),
    };
  }
}

function print(
  { lines }: Answer,
  part: readonly FileLine[],
  file: string,
  say: (line: string) => void,
): void {
  for (const { line, status, orderId, excess, reason } of lines) {
    const own = part[line];
    if (own === undefined || status === 'matched') continue;
    const { trackingNumber, amount } = own.body;
    const billed = formatMoney(fromJson(amount));
    say(
      status === 'disputed' && excess !== undefined
        ? `${file}:${own.line}: ${trackingNumber} of ${orderId} is disputed: ${billed}, ${formatMoney(fromJson(excess))} above the rate card`
        : `${file}:${own.line}: ${trackingNumber} is unmatched: ${reason}`,
    );
  }
}
