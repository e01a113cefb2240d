import { type Currency, isCurrency, minorDigits } from '../../../kernel/currency.ts';
import { defined } from '../../../kernel/defined.ts';
import { lookUp } from '../../../kernel/look-up.ts';
import { type Money, money, negate, subtract, zero } from '../../../kernel/money.ts';
import { ok, refused } from '../../../kernel/result.ts';
import { type Instant, toInstant } from '../../../kernel/time.ts';
import type {
  ReadSettlement,
  SettlementFile,
  SettlementLine,
  SettlementProblem,
  SettlementRow,
} from '../../settlement-row.ts';
import { Unreadable } from '../../settlement-table.ts';
import { readReference } from './references.ts';

/** The columns of a body row that are read. Others may be there, in any order. */
const COLUMNS = [
  ...['Transaction ID', 'PayPal Reference ID', 'Transaction Event Code', 'Transaction Completion Date'],
  ...['Transaction Debit or Credit', 'Gross Transaction Amount', 'Gross Transaction Currency'],
  ...['Fee Debit or Credit', 'Fee Amount', 'Fee Currency', 'Custom Field'],
];

/**
 * Our kind for each event code that moves money of an order, and for others that differ from their group
 * (developer.paypal.com/reports/reference/t-codes). A hold of contested money (T1110) and its end (T1111) are no
 * dispute: PayPal may hold less than is contested, and takes the money with a line of its own.
 */
const CODES: Readonly<Record<string, SettlementRow['kind']>> = {
  T1105: 'reserve',
  T1106: 'dispute',
  T1107: 'refund',
  T1108: 'fee',
  T1109: 'fee',
  T1110: 'reserve',
  T1111: 'reserve',
  T1201: 'dispute',
  T1202: 'dispute',
  T1205: 'dispute',
};

/** Our kind for the other codes of each group: the first two digits. Authorisations (T13) move no money. */
const GROUPS: Readonly<Record<string, SettlementRow['kind']>> = {
  ...{ T00: 'payment', T01: 'fee', T02: 'adjustment', T03: 'adjustment', T04: 'payout', T05: 'adjustment' },
  ...{ T06: 'adjustment', T07: 'adjustment', T08: 'adjustment', T09: 'adjustment', T10: 'adjustment' },
  ...{ T11: 'adjustment', T12: 'adjustment', T15: 'reserve', T16: 'adjustment', T17: 'payout' },
  ...{ T18: 'adjustment', T19: 'adjustment', T20: 'adjustment', T21: 'reserve', T22: 'adjustment' },
};

/** Before every order: whether it can be paid does not matter here. */
const LONG_AGO = '1970-01-01T00:00:00.000Z';

/**
 * PayPal's settlement report, version 9 (developer.paypal.com/docs/reports/sftp-reports/settlement-report): a CSV file
 * whose rows begin with their type. Amounts are hundredths without a sign in every currency, and a column of their own
 * says whether they are credits. It is made every day; the account and the day are the payout.
 */
export const settlementFile: SettlementFile = {
  format: "PayPal's settlement report (STL) as CSV",
  read: (lines) => new Report().read(lines),
};

type Cells = readonly string[];

/** A report while it is read: the section that its rows are in, and what was found. */
class Report {
  readonly #rows: SettlementRow[] = [];
  #account = '';
  #payoutId = '';
  #columns: Cells | undefined;
  /** The rows of the section so far, and their credits and debits in hundredths by currency. */
  #count = 0;
  readonly #credits = new Map<string, number>();
  readonly #debits = new Map<string, number>();

  read(lines: readonly SettlementLine[]): ReadSettlement {
    const [first] = lines;
    if (first === undefined) return refused([{ line: 1, reason: 'the file is empty' }]);
    if (first.cells[0]?.trim() !== 'RH')
      return refused([{ line: first.line, reason: 'the first row is not a report header (RH)' }]);
    const problems: SettlementProblem[] = [];
    for (const { line, cells } of lines) {
      try {
        this.#take(cells.map((cell) => cell.trim()));
      } catch (error) {
        if (!(error instanceof Unreadable)) throw error;
        problems.push({ line, reason: error.message });
      }
    }
    const last = lines.at(-1)?.line ?? 1;
    if (this.#columns !== undefined)
      problems.push({ line: last, reason: 'the last section has no count (SC)' });
    return problems.length > 0 ? refused(problems) : ok(this.#rows);
  }

  /** How each type of row is read. Footers of the file and of the report repeat what sections say. */
  readonly #readers: Readonly<Record<string, (cells: Cells) => void>> = {
    RH: (cells) => {
      this.#account = cells[3] ?? '';
    },
    SH: (cells) => this.#open(cells),
    CH: (cells) => this.#name(cells),
    SB: (cells) => this.#body(cells),
    SF: (cells) => this.#checkTotals(cells),
    SC: (cells) => this.#close(cells),
    ...Object.fromEntries(['FH', 'FF', 'RF', 'RC'].map((type) => [type, () => undefined])),
  };

  #take(cells: Cells): void {
    const [type = ''] = cells;
    const read = lookUp(this.#readers, type);
    if (read === undefined) throw new Unreadable(`the row type ${JSON.stringify(type)} is unknown`);
    read(cells);
  }

  /** A section: what happened in an account until a time. */
  #open([, , end = '', account = '']: Cells): void {
    const [day = ''] = end.split(' ');
    if (!/^\d{4}\/\d\d\/\d\d$/.test(day))
      throw new Unreadable(`${JSON.stringify(end)} is no end of a section`);
    this.#payoutId = `STL-${day.replaceAll('/', '')} ${account || this.#account}`.trim();
    this.#columns = undefined;
    this.#count = 0;
    this.#credits.clear();
    this.#debits.clear();
  }

  #name([, ...titles]: Cells): void {
    // Some versions write two blanks in a name.
    this.#columns = titles.map((title) => title.replace(/\s+/g, ' '));
    const missing = COLUMNS.filter((column) => this.#columns?.includes(column) !== true);
    if (missing.length > 0) throw new Unreadable(`missing columns: ${missing.join(', ')}`);
  }

  #body([, ...cells]: Cells): void {
    this.#count += 1;
    const columns = this.#columns;
    if (columns === undefined) throw new Unreadable('the section has no names of columns (CH)');
    const cell = (column: string) => cells[columns.indexOf(column)] ?? '';
    const total = cell('Transaction Debit or Credit') === 'CR' ? this.#credits : this.#debits;
    const currency = cell('Gross Transaction Currency');
    total.set(currency, (total.get(currency) ?? 0) + Number(cell('Gross Transaction Amount')));
    this.#rows.push(toRow(cell, this.#payoutId));
  }

  /** A footer has the gross credits and debits of the section in one currency. */
  #checkTotals([, currency = '', credits = '', debits = '']: Cells): void {
    for (const [name, found, said] of [
      ['credits', this.#credits.get(currency) ?? 0, credits],
      ['debits', this.#debits.get(currency) ?? 0, debits],
    ] as const)
      if (said === '' || Number(said) !== found)
        throw new Unreadable(`the ${name} in ${currency} are ${found}, and the footer says ${said}`);
  }

  #close([, count = '']: Cells): void {
    this.#columns = undefined;
    if (count === '' || Number(count) !== this.#count)
      throw new Unreadable(`the section has ${this.#count} rows, and its count says ${count}`);
  }
}

function toRow(cell: (column: string) => string, payoutId: string): SettlementRow {
  const code = cell('Transaction Event Code');
  const kind = lookUp(CODES, code) ?? (/^T\d{4}$/.test(code) ? lookUp(GROUPS, code.slice(0, 3)) : undefined);
  if (kind === undefined) throw new Unreadable(`Transaction Event Code: ${JSON.stringify(code)} is unknown`);
  const id = cell('Transaction ID');
  if (id === '') throw new Unreadable('Transaction ID: it is empty');
  const currency = currencyOf(cell('Gross Transaction Currency'), 'Gross Transaction Currency');
  const gross = amountOf(cell, ['Gross Transaction Amount', 'Transaction Debit or Credit'], currency);
  const feeCurrency =
    cell('Fee Currency') === '' ? currency : currencyOf(cell('Fee Currency'), 'Fee Currency');
  if (feeCurrency !== currency)
    throw new Unreadable(`Fee Currency: it is not that of the amount, ${currency}`);
  const fee = negate(amountOf(cell, ['Fee Amount', 'Fee Debit or Credit'], currency));
  const isOfOrder = kind === 'payment' || kind === 'refund' || kind === 'dispute';
  const orderId = isOfOrder ? readReference(cell('Custom Field'), LONG_AGO)?.orderId : undefined;
  // A dispute has no line with its own number: PayPal names the payment that is contested.
  const reference = kind === 'dispute' ? cell('PayPal Reference ID') || id : id;
  return {
    // A hold and its end have the same id.
    ...{ rowId: `${id} ${code}`, kind, reference },
    ...defined({ orderId }),
    ...{ gross, fee, held: zero(currency), net: subtract(gross, fee) },
    ...{ at: readTime(cell('Transaction Completion Date')), payoutId },
  };
}

function currencyOf(text: string, column: string): Currency {
  if (!isCurrency(text)) throw new Unreadable(`${column}: ${JSON.stringify(text)} is not a known currency`);
  return text;
}

/** Above zero for a credit. PayPal writes hundredths, also of a currency that has none. An empty cell is zero. */
function amountOf(
  cell: (column: string) => string,
  [column, direction]: readonly [string, string],
  currency: Currency,
): Money {
  const text = cell(column);
  if (text === '') return zero(currency);
  const amount = /^\d{1,15}$/.test(text) ? Number(text) / 10 ** (2 - minorDigits(currency)) : Number.NaN;
  if (!Number.isSafeInteger(amount))
    throw new Unreadable(`${column}: ${JSON.stringify(text)} is not an amount of ${currency}`);
  const sign = { CR: 1, DR: -1 }[cell(direction)];
  if (sign === undefined)
    throw new Unreadable(`${direction}: ${JSON.stringify(cell(direction))} is not CR or DR`);
  return money(amount === 0 ? 0 : sign * amount, currency);
}

/** A time with its offset, `2026/11/30 10:00:00 -0800`. */
function readTime(text: string): Instant {
  const [, day = '', time = '', hours = '', minutes = ''] =
    /^(\d{4}\/\d\d\/\d\d) (\d\d:\d\d:\d\d) ([+-]\d\d)(\d\d)$/.exec(text) ?? [];
  const ms = Date.parse(`${day.replaceAll('/', '-')}T${time}${hours}:${minutes}`);
  if (Number.isNaN(ms))
    throw new Unreadable(`Transaction Completion Date: ${JSON.stringify(text)} is not a time`);
  return toInstant(new Date(ms));
}
