import type { PartnerAnswer, PartnerRequest } from '../../../../../infra/sandbox/partner.ts';
import { type Amount, hundredths, newPayPalId, type PayPalBooks } from './books.ts';

/** The columns of a body row, in PayPal's order. */
const COLUMNS = [
  ...['Transaction ID', 'Invoice ID', 'PayPal Reference ID', 'PayPal Reference ID Type'],
  ...['Transaction Event Code', 'Transaction Initiation Date', 'Transaction Completion Date'],
  ...['Transaction Debit or Credit', 'Gross Transaction Amount', 'Gross Transaction Currency'],
  ...['Fee Debit or Credit', 'Fee Amount', 'Fee Currency', 'Custom Field', 'Consumer ID'],
  ...['Payment Tracking ID', 'Store ID', 'Bank Reference ID', 'Credit Transactional Fee'],
  ...['Credit Promotional Fee', 'Credit Term'],
];

const ACCOUNT = 'SANDBOXMERCH1';

/** What may be wrong with a report: a row is left out, has another amount, or is there twice. */
const FAULTS = ['missing', 'differing', 'doubled'] as const;
type Fault = (typeof FAULTS)[number];

/** A movement of the balance. */
interface Movement {
  readonly id: string;
  readonly code: 'T0006' | 'T1107' | 'T1106' | 'T1110' | 'T1111' | 'T0400';
  readonly amount: Amount;
  readonly isCredit: boolean;
  /** What PayPal keeps of it. */
  readonly fee?: Amount;
  readonly custom?: string;
  readonly invoice?: string;
  /** The payment that it is about. */
  readonly about?: string;
  readonly atMs: number;
}

/** Records a movement for the next report. */
export function move(books: PayPalBooks, movement: Omit<Movement, 'atMs'>): void {
  const { store, now } = books.sandbox;
  store.put('paypal.movement', String(store.next('paypal.movement')), { ...movement, atMs: now() });
}

/**
 * POST /sandbox/payouts: withdraws the balance of each currency, and answers with the settlement report of what moved
 * since the last one. `fault` makes the first row of a payment wrong.
 */
export function payOut(books: PayPalBooks, { query }: PartnerRequest): PartnerAnswer {
  const { store } = books.sandbox;
  const movements = store.list<Movement>('paypal.movement').reverse();
  store.run("DELETE FROM documents WHERE kind = 'paypal.movement'");
  const fault = FAULTS.find((one) => one === query.get('fault'));
  const reported = [...withFault(movements, fault), ...withdrawals(books, movements)];
  const body = reportOf(reported, books.sandbox.now());
  return { status: 200, headers: { 'content-type': 'text/csv; charset=utf-8' }, body };
}

function withdrawals(books: PayPalBooks, movements: readonly Movement[]): Movement[] {
  return [...Map.groupBy(movements, ({ amount }) => amount.currency_code)].flatMap(([currency_code, own]) => {
    const sum = own.reduce((all, one) => all + signed(one) - feeOf(one), 0);
    if (sum <= 0) return [];
    const amount = { currency_code, value: (sum / 100).toFixed(2) };
    return [{ id: newPayPalId(), code: 'T0400', amount, isCredit: false, atMs: books.sandbox.now() }];
  });
}

const signed = ({ amount, isCredit }: Movement): number => (isCredit ? 1 : -1) * hundredths(amount);
const feeOf = ({ fee }: Movement): number => (fee === undefined ? 0 : hundredths(fee));

/** The movements as the report has them. */
function withFault(movements: readonly Movement[], fault: Fault | undefined): readonly Movement[] {
  const place = movements.findIndex(({ code }) => code === 'T0006');
  const one = movements[place];
  if (fault === undefined || one === undefined) return movements;
  if (fault === 'missing') return movements.toSpliced(place, 1);
  if (fault === 'doubled') return movements.toSpliced(place, 0, one);
  const value = ((hundredths(one.amount) + 100) / 100).toFixed(2);
  return movements.with(place, { ...one, amount: { ...one.amount, value } });
}

/** A report of one section. Texts are in quotes; numbers and times are not. */
function reportOf(movements: readonly Movement[], nowMs: number): string {
  const now = timeText(nowMs);
  const day = now.slice(0, 10);
  const currencies = [...new Set(movements.map(({ amount }) => amount.currency_code))];
  const footers = currencies.map((currency) => {
    const own = movements.filter(({ amount }) => amount.currency_code === currency);
    const sum = (isCredit: boolean) =>
      own.filter((one) => one.isCredit === isCredit).reduce((all, { amount }) => all + hundredths(amount), 0);
    const fees = own.reduce((all, one) => all + feeOf(one), 0);
    const balances = ['CR', 0, 'CR', 0, 'CR', 0, 'CR', 0, 'CR', 0, 'CR', 0];
    return [currency, sum(true), sum(false), 0, fees, ...balances];
  });
  const rows: readonly (readonly (string | number | Date)[])[] = [
    ['RH', new Date(nowMs), 'A', ACCOUNT, 9],
    ['FH', 1],
    ['SH', new Date(Date.parse(`${day.replaceAll('/', '-')}T00:00:00Z`)), new Date(nowMs), ACCOUNT, ''],
    ['CH', ...COLUMNS],
    ...movements.map((one) => ['SB', ...bodyOf(one)]),
    ...footers.map((footer) => ['SF', ...footer]),
    ['SC', movements.length],
    ...footers.map((footer) => ['RF', ...footer]),
    ['RC', movements.length],
    ['FF', movements.length],
  ];
  return `${rows.map((cells) => cells.map(cellOf).join(',')).join('\n')}\n`;
}

function bodyOf(movement: Movement): (string | number | Date)[] {
  const { id, code, amount, isCredit, fee, custom = '', invoice = '', about = '', atMs } = movement;
  const kept = fee === undefined ? ['', '', ''] : ['DR', hundredths(fee), fee.currency_code];
  return [
    ...[id, invoice, about, about === '' ? '' : 'TXN', code, new Date(atMs), new Date(atMs)],
    ...[isCredit ? 'CR' : 'DR', hundredths(amount), amount.currency_code, ...kept],
    ...[custom, 'SANDBOXBUYER1', '', '', '', '', '', ''],
  ];
}

const cellOf = (cell: string | number | Date): string => {
  if (typeof cell === 'number') return String(cell);
  return typeof cell === 'string' ? `"${cell.replaceAll('"', '""')}"` : timeText(cell.getTime());
};

const timeText = (ms: number): string =>
  `${new Date(ms).toISOString().slice(0, 19).replaceAll('-', '/').replace('T', ' ')} +0000`;
