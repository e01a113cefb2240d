import { formatMoney, fromJson, type MoneyJson, sum, toJson } from '../../../shared/kernel/money.ts';
import type { SettlementFile, SettlementRow } from '../../../shared/payment/settlement-row.ts';
import type { ApiClient } from '../client/api-client.ts';
import { refuseFile } from '../client/import-in-parts.ts';
import { csvLines } from '../files/csv-lines.ts';
import { counted } from '../files/problems.ts';
import type { ReconcileOptions } from './reconcile-options.ts';

/** The largest number of lines in one request. */
const MAX_ROWS = 100;

interface Difference {
  readonly kind: 'missing-here' | 'missing-there' | 'duplicated' | 'differs' | 'short';
  readonly what: string;
  readonly reference: string;
  readonly orderId?: string;
  readonly rowId?: string;
  readonly ours?: MoneyJson;
  readonly theirs?: MoneyJson;
  /** Of a short remittance: what the carrier still owes. */
  readonly owed?: MoneyJson;
}

interface Answer {
  readonly matched: number;
  readonly repeated: number;
  readonly others: number;
  readonly differences: readonly (Difference & { readonly isNew: boolean })[];
}

/**
 * Reads a provider's settlement file, and compares it with the ledger, at most a hundred lines a request. The lines
 * that match are booked, unless it is a dry run. A file that can't be read changes nothing. An interrupted run can be
 * repeated. Returns whether nothing differs.
 */
export async function reconcileFile(
  { provider, file = '', dryRun }: Pick<ReconcileOptions, 'provider' | 'file' | 'dryRun'>,
  { text, format }: { readonly text: string; readonly format: SettlementFile },
  operator: () => Promise<ApiClient>,
  say: (line: string) => void,
): Promise<boolean> {
  const read = format.read(csvLines(text));
  if (!read.ok) return refuseFile(file, read.error, say);
  const client = await operator();
  const answers: Answer[] = [];
  for (const rows of requestsOf(read.value)) {
    const body = { provider, dryRun, rows: rows.map(rowBody) };
    answers.push(await client.call<Answer>({ method: 'POST', path: '/v1/admin/reconciliations', body }));
  }
  const differences = answers.flatMap((answer) => answer.differences);
  for (const difference of differences) say(lineOf(difference, difference.isNew ? '' : ', known before'));
  const all = (name: 'matched' | 'repeated' | 'others') =>
    answers.reduce((sum, answer) => sum + answer[name], 0);
  say(
    `${dryRun ? 'This was a dry run. Nothing was booked: ' : ''}${counted(read.value.length, 'line')}: ` +
      `${all('matched')} matched, ${all('repeated')} booked before, ${all('others')} of no order, ` +
      `${counted(differences.length, 'difference')}${owedIn(differences)}`,
  );
  return differences.length === 0;
}

/**
 * The lines of each request. Those of one order go together, in the order of the file: a dry run books nothing, so that
 * only a line of the same request shows that another one settles the same.
 */
function requestsOf(rows: readonly SettlementRow[]): SettlementRow[][] {
  const requests: SettlementRow[][] = [];
  for (const group of Map.groupBy(rows, ({ orderId, reference }) => orderId ?? reference).values())
    for (let from = 0; from < group.length; from += MAX_ROWS) {
      const part = group.slice(from, from + MAX_ROWS);
      const last = requests.at(-1);
      if (last !== undefined && last.length + part.length <= MAX_ROWS) last.push(...part);
      else requests.push(part);
    }
  return requests;
}

function rowBody({ gross, fee, held, net, ...row }: SettlementRow) {
  return { ...row, gross: toJson(gross), fee: toJson(fee), held: toJson(held), net: toJson(net) };
}

/** Shows what differs now. Returns whether nothing does. */
export async function showOpen(
  provider: string,
  client: ApiClient,
  say: (line: string) => void,
): Promise<boolean> {
  const { differences, runs } = await client.call<{
    readonly differences: readonly (Difference & { readonly since: string })[];
    readonly runs: readonly { readonly at: string; readonly matched: number; readonly found: number }[];
  }>({ method: 'GET', path: `/v1/admin/reconciliations/${provider}` });
  for (const difference of differences) say(lineOf(difference, `, since ${difference.since.slice(0, 10)}`));
  const [latest] = runs;
  say(
    latest === undefined
      ? `${provider} was not reconciled yet`
      : `${counted(differences.length, 'open difference')}${owedIn(differences)}. The latest run with ${provider} was at ${latest.at}: ` +
          `${latest.matched} matched, ${latest.found} found`,
  );
  return differences.length === 0;
}

const WORDS: Readonly<Record<Difference['kind'], string>> = {
  'missing-here': 'is not in the ledger',
  'missing-there': 'has no settlement in time',
  duplicated: 'was settled before by another line',
  differs: 'has another amount',
  short: 'was remitted in part',
};

/** What carriers still owe of short remittances, by currency: `, still owed 1.00 EUR`. Each label counts once. */
function owedIn(differences: readonly Difference[]): string {
  const byLabel = new Map(
    differences.map(({ orderId, reference, owed }) => [`${orderId} ${reference}`, owed]),
  );
  const owed = [...byLabel.values()].flatMap((amount) => (amount === undefined ? [] : [fromJson(amount)]));
  const sums = [...Map.groupBy(owed, ({ currency }) => currency)].map(([currency, own]) =>
    sum(own, currency),
  );
  return sums.length === 0 ? '' : `, still owed ${sums.map(formatMoney).join(', ')}`;
}

function lineOf(difference: Difference, more: string): string {
  const { kind, what, reference, orderId, rowId, ours, theirs, owed } = difference;
  const amounts = [
    ours === undefined ? [] : [`ours ${formatMoney(fromJson(ours))}`],
    theirs === undefined ? [] : [`theirs ${formatMoney(fromJson(theirs))}`],
    owed === undefined ? [] : [`still owed ${formatMoney(fromJson(owed))}`],
  ].flat();
  const named = [what, reference, ...(orderId === undefined ? [] : [`of ${orderId}`])].join(' ');
  const line = rowId === undefined ? '' : `, line ${rowId}`;
  return `${named} ${WORDS[kind]}: ${amounts.join(', ')}${line}${more}`;
}
