import { defined } from '../../../kernel/defined.ts';
import { lookUp } from '../../../kernel/look-up.ts';
import { add, type Money, subtract, sum, zero } from '../../../kernel/money.ts';
import { type Instant, toInstant } from '../../../kernel/time.ts';
import type { SettlementFile, SettlementRow } from '../../settlement-row.ts';
import { type Cell, readMajor, readTable, Unreadable } from '../../settlement-table.ts';
import { isAtOnce } from './offered-methods.ts';
import { readReference } from './references.ts';

/** The columns that are read, by their names in the first line. Others may be there, in any order. */
const COLUMNS = [
  ...['Merchant Account', 'Psp Reference', 'Merchant Reference', 'Creation Date', 'TimeZone', 'Type'],
  ...['Modification Reference', 'Gross Currency', 'Gross Debit (GC)', 'Gross Credit (GC)', 'Net Currency'],
  ...['Net Debit (NC)', 'Net Credit (NC)', 'Commission (NC)', 'Markup (NC)', 'Scheme Fees (NC)'],
  ...['Interchange (NC)', 'Batch Number'],
];

/** What Adyen keeps of a line, in the currency of the account. */
const FEES = ['Commission (NC)', 'Markup (NC)', 'Scheme Fees (NC)', 'Interchange (NC)'];

/** Our kind for each journal type of the report. A file with another type is refused, and the line is named. */
const KINDS: Readonly<Record<string, SettlementRow['kind']>> = {
  Settled: 'payment',
  SettledInstallment: 'payment',
  SettledReversed: 'payment',
  Refunded: 'refund',
  RefundedReversed: 'refund',
  Chargeback: 'dispute',
  ChargebackReversed: 'dispute',
  SecondChargeback: 'dispute',
  Fee: 'fee',
  InvoiceDeduction: 'fee',
  PaymentCost: 'fee',
  MerchantPayout: 'payout',
  BankInstructionReturned: 'payout',
  DepositCorrection: 'reserve',
  ReserveAdjustment: 'reserve',
  Balancetransfer: 'adjustment',
  ManualCorrected: 'adjustment',
  MerchantPayin: 'adjustment',
};

/** Hours before or after UTC of the abbreviations in `TimeZone`. Those that several zones share are not here. */
const ZONES: Readonly<Record<string, number>> = {
  UTC: 0, GMT: 0, WET: 0, BST: 1, CET: 1, CEST: 2, EET: 2, EEST: 3, GST: 4, HKT: 8, SGT: 8, JST: 9, AEST: 10,
  AEDT: 11, NZST: 12, NZDT: 13, BRT: -3, EST: -5, EDT: -4, CDT: -5, MST: -7, MDT: -6, PST: -8, PDT: -7,
}; // biome-ignore format: a table reads better in columns

/** The longest text that a line may be named by. */
const MAX_NAME = 200;

/**
 * Adyen's settlement details report (docs.adyen.com/reporting/settlement-reconciliation/transaction-level/
 * settlement-details-report): one line for each movement of a payout batch. Amounts are in major units; debits and
 * credits have columns of their own. The batch is the payout.
 */
export const settlementFile: SettlementFile = {
  format: "Adyen's settlement details report as CSV, with its standard columns",
  read: (lines) => readTable(lines, COLUMNS, toRow),
};

function toRow(cell: Cell<string>): SettlementRow {
  const type = cell('Type');
  const kind = lookUp(KINDS, type);
  if (kind === undefined) throw new Unreadable(`Type: ${JSON.stringify(type)} is unknown`);
  const isOfOrder = kind === 'payment' || kind === 'refund' || kind === 'dispute';
  const net = creditOf(cell, 'Net', 'NC');
  const gross = isOfOrder ? creditOf(cell, 'Gross', 'GC') : net;
  const fee = isOfOrder ? feeOf(cell, gross, net) : zero(net.currency);
  const payoutId = `${cell('Merchant Account')} batch ${needed(cell, 'Batch Number')}`;
  const at = readTime(cell);
  const modification = cell('Modification Reference');
  const ours = isOfOrder ? readReference(cell('Merchant Reference')) : undefined;
  // A payment that was captured by itself is known by its own reference, as in the webhook.
  const isOwn = kind === 'payment' && ours !== undefined && isAtOnce(ours.what);
  const reference = (isOwn ? '' : modification) || cell('Psp Reference');
  if (isOfOrder && reference === '') throw new Unreadable('Modification Reference: it is empty');
  const name = isOfOrder
    ? [payoutId, type, reference]
    : [payoutId, type, modification || cell('Merchant Reference'), at, net.amountMinor];
  return {
    rowId: name.join(' ').slice(0, MAX_NAME),
    ...{ kind, reference: (reference || type).slice(0, MAX_NAME) },
    ...defined({ orderId: ours?.orderId }),
    ...{ gross, fee, held: zero(net.currency), net, at, payoutId },
  };
}

/** The credit less the debit: below zero for what leaves the account. */
function creditOf(cell: Cell<string>, of: 'Gross' | 'Net', unit: 'GC' | 'NC'): Money {
  const currency = needed(cell, `${of} Currency`);
  const [debit, credit] = [`${of} Debit (${unit})`, `${of} Credit (${unit})`];
  if (cell(debit) === '' && cell(credit) === '') throw new Unreadable(`${debit}, ${credit}: both are empty`);
  return subtract(amountOf(cell, credit, currency), amountOf(cell, debit, currency));
}

/** What Adyen keeps: the sum of its columns. In one currency, it is what lies between the other two figures. */
function feeOf(cell: Cell<string>, gross: Money, net: Money): Money {
  const fees = FEES.map((column) => amountOf(cell, column, net.currency));
  const fee = sum(fees, net.currency);
  if (gross.currency !== net.currency) return fee;
  if (add(fee, net).amountMinor === gross.amountMinor) return fee;
  const figures = [gross, fee, net].map(({ amountMinor }) => amountMinor).join(', ');
  throw new Unreadable(`the gross amount is not fees and net (${figures} in minor units)`);
}

/** Adyen may write more decimal places than the currency has: those are zeros. */
const amountOf = (cell: Cell<string>, column: string, currency: string): Money =>
  readMajor(column, cell(column).replace(/\.0+$|(\.\d*[1-9])0+$/, '$1'), currency);

function needed(cell: Cell<string>, column: string): string {
  const text = cell(column);
  if (text === '') throw new Unreadable(`${column}: it is empty`);
  return text;
}

/** When the line was booked, where the report has that; otherwise when the payment was made. */
function readTime(cell: Cell<string>): Instant {
  const isBooked = cell('Booking Date') !== '' && cell('Booking Date TimeZone') !== '';
  const [day, zone] = isBooked
    ? (['Booking Date', 'Booking Date TimeZone'] as const)
    : (['Creation Date', 'TimeZone'] as const);
  const hours = lookUp(ZONES, cell(zone));
  if (hours === undefined) throw new Unreadable(`${zone}: ${JSON.stringify(cell(zone))} is unknown`);
  const text = cell(day);
  const ms = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)
    ? Date.parse(`${text.replace(' ', 'T')}Z`)
    : Number.NaN;
  if (Number.isNaN(ms)) throw new Unreadable(`${day}: ${JSON.stringify(text)} is not a time`);
  return toInstant(new Date(ms - hours * 3_600_000));
}
