import type { PartnerAnswer, PartnerRequest } from '../../../../../infra/sandbox/partner.ts';
import { ACCOUNT, type AdyenBooks, newPspReference } from './books.ts';
import type { Amount, Movement, Payment } from './wire.ts';

/** The columns of the settlement details report, in the order of Adyen's sample. */
const COLUMNS = [
  ...['Company Account', 'Merchant Account', 'Psp Reference', 'Merchant Reference', 'Payment Method'],
  ...['Creation Date', 'TimeZone', 'Type', 'Modification Reference', 'Gross Currency', 'Gross Debit (GC)'],
  ...['Gross Credit (GC)', 'Exchange Rate', 'Net Currency', 'Net Debit (NC)', 'Net Credit (NC)'],
  ...['Commission (NC)', 'Markup (NC)', 'Scheme Fees (NC)', 'Interchange (NC)', 'Payment Method Variant'],
  ...['Modification Merchant Reference', 'Batch Number', 'Reserved4', 'Reserved5', 'Reserved6', 'Reserved7'],
  ...['Reserved8', 'Reserved9', 'Reserved10'],
] as const;
type Line = Partial<Readonly<Record<(typeof COLUMNS)[number], string>>>;

/** What may be wrong with a report: a line is left out, has another amount, or is in the next batch as well. */
const FAULTS = ['missing', 'differing', 'doubled'] as const;
type Fault = (typeof FAULTS)[number];

/** Records a movement of the balance, to be paid out. Above zero: to the merchant. */
export function move(
  books: AdyenBooks,
  payment: Payment,
  moved: Pick<Movement, 'type' | 'modification' | 'modificationReference' | 'amount'>,
): void {
  const id = books.sandbox.store.next('adyen.movement');
  const { pspReference, reference: merchantReference, paymentMethod } = payment;
  const own = { pspReference, merchantReference, paymentMethod, atMs: books.sandbox.now() };
  books.sandbox.store.put('adyen.movement', String(id), { ...moved, ...own, id });
}

/** A capture that failed brings no money. What was paid out before stays in its batch. */
export function unmove({ sandbox: { store } }: AdyenBooks, modification: string): void {
  for (const one of store.list<Movement>('adyen.movement'))
    if (one.modification === modification && one.batch === undefined)
      store.remove('adyen.movement', String(one.id));
}

/**
 * POST /bank/payouts: pays out what was not paid out yet, as one batch, and answers with its settlement details report.
 * A currency whose sum is not above zero waits. `fault` makes the first line of a payment wrong.
 */
export function payOut(books: AdyenBooks, { query }: PartnerRequest): PartnerAnswer {
  const { store } = books.sandbox;
  const waiting = store
    .list<Movement>('adyen.movement')
    .reverse()
    .filter(({ batch }) => batch === undefined);
  const paid = [...Map.groupBy(waiting, ({ amount }) => amount.currency).values()].filter(
    (movements) => movements.reduce((sum, one) => sum + netOf(one), 0) > 0,
  );
  const batch = store.next('adyen.batch');
  const inBatch = paid.map((movements) => movements.map((one) => ({ ...one, batch })));
  for (const one of inBatch.flat()) store.put('adyen.movement', String(one.id), one);
  const fault = FAULTS.find((one) => one === query.get('fault'));
  const lines = inBatch.flatMap((movements) => linesOf(books, withFault(movements, fault), batch));
  const text = [COLUMNS, ...lines.map((line) => COLUMNS.map((column) => line[column] ?? ''))]
    .map((cells) => cells.map(quoted).join(','))
    .join('\n');
  return { status: 200, headers: { 'content-type': 'text/csv; charset=utf-8' }, body: `${text}\n` };
}

/** The lines of a batch in one currency: each movement, the fees of the month, and the payout of the rest. */
function linesOf(books: AdyenBooks, movements: readonly Movement[], batch: number): Line[] {
  const [
    {
      amount: { currency },
    } = { amount: { currency: '' } },
  ] = movements;
  const count = movements.filter(({ type }) => type === 'Settled').length;
  // Ten of the smallest unit for each payment, unless nothing would be left.
  const sum = movements.reduce((all, one) => all + netOf(one), 0);
  const monthly = Math.min(10 * count, sum - 1);
  const own = {
    ...{ 'Company Account': 'Sandbox', 'Merchant Account': ACCOUNT, 'Batch Number': String(batch) },
    ...{ 'Creation Date': timeText(books.sandbox.now()), TimeZone: 'UTC', 'Net Currency': currency },
  };
  const debit = (value: number) => ({ 'Net Debit (NC)': major({ currency, value }) });
  const fees = { ...own, Type: 'Fee', 'Modification Reference': 'Transaction Fees', ...debit(monthly) };
  const reference = `TX${newPspReference()} batch ${batch}, ${ACCOUNT}`;
  return [
    ...movements.map(lineOf),
    ...(monthly > 0 ? [fees] : []),
    {
      ...own,
      Type: 'MerchantPayout',
      'Modification Reference': reference,
      ...debit(sum - Math.max(monthly, 0)),
    },
  ];
}

function lineOf(movement: Movement): Line {
  const { type, pspReference, merchantReference, paymentMethod, modification, modificationReference } =
    movement;
  const { amount, atMs, batch } = movement;
  const { currency } = amount;
  const { commission, markup, scheme, interchange } = feesOf(movement);
  const net = netOf(movement);
  const fee = (value: number) => (value === 0 ? '' : major({ currency, value }));
  const side = (value: number, of: 'Gross' | 'Net', unit: 'GC' | 'NC') => ({
    [`${of} ${value < 0 ? 'Debit' : 'Credit'} (${unit})`]: major({ currency, value: Math.abs(value) }),
  });
  return {
    ...{ 'Company Account': 'Sandbox', 'Merchant Account': ACCOUNT, 'Psp Reference': pspReference },
    ...{ 'Merchant Reference': merchantReference, 'Payment Method': paymentMethod },
    ...{
      'Creation Date': timeText(atMs),
      TimeZone: 'UTC',
      Type: type,
      'Modification Reference': modification,
    },
    ...{ 'Gross Currency': currency, 'Exchange Rate': '1', 'Net Currency': currency },
    ...{ ...side(amount.value, 'Gross', 'GC'), ...side(net, 'Net', 'NC') },
    ...{ 'Commission (NC)': fee(commission), 'Markup (NC)': fee(markup) },
    ...{ 'Scheme Fees (NC)': fee(scheme), 'Interchange (NC)': fee(interchange) },
    ...{ 'Modification Merchant Reference': modificationReference, 'Batch Number': String(batch ?? '') },
  };
}

/** What Adyen keeps. Cards have interchange and what comes on top; others a commission. */
function feesOf({ type, paymentMethod, amount }: Movement) {
  const none = { commission: 0, markup: 0, scheme: 0, interchange: 0 };
  if (type === 'Chargeback') return { ...none, commission: 750 };
  if (type !== 'Settled') return none;
  const part = (share: number) => Math.floor(amount.value * share);
  if (paymentMethod !== 'visa') return { ...none, commission: part(0.008) };
  return { ...none, markup: part(0.006), scheme: part(0.001), interchange: part(0.003) };
}

function netOf(movement: Movement): number {
  const { commission, markup, scheme, interchange } = feesOf(movement);
  return movement.amount.value - commission - markup - scheme - interchange;
}

/** The movements as the report has them. */
function withFault(movements: readonly Movement[], fault: Fault | undefined): readonly Movement[] {
  const place = movements.findIndex(({ type }) => type === 'Settled');
  const one = movements[place];
  if (fault === undefined || one === undefined) return movements;
  if (fault === 'missing') return movements.toSpliced(place, 1);
  if (fault === 'doubled') return [...movements, { ...one, batch: (one.batch ?? 0) + 1 }];
  return movements.with(place, { ...one, amount: { ...one.amount, value: one.amount.value + 100 } });
}

const timeText = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');

/** Decimal places of Adyen's amounts that are not two. */
const DIGITS: Readonly<Record<string, number>> = { BHD: 3, IDR: 0, JPY: 0, KRW: 0, KWD: 3, VND: 0 };

function major({ currency, value }: Amount): string {
  const digits = DIGITS[currency] ?? 2;
  return (value / 10 ** digits).toFixed(digits);
}

const quoted = (cell: string): string => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
