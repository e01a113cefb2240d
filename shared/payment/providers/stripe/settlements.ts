import * as z from 'zod';
import { defined } from '../../../kernel/defined.ts';
import { add, zero } from '../../../kernel/money.ts';
import { type Instant, toInstant } from '../../../kernel/time.ts';
import { readAnswer } from '../../../partners/partner-answer.ts';
import type { SettlementPeriod, SettlementRow } from '../../settlement-row.ts';
import { readAmount } from './answers.ts';
import { getObject, readIntent, type StripeContext } from './call.ts';
import { fromStripeAmount } from './currencies.ts';

/** The largest page of a list at Stripe. */
const PAGE = 100;

const metadata = z.record(z.string(), z.string()).nullish();

/** The object behind a transaction, as far as we read it. */
const sourceSchema = z.object({
  id: z.string(),
  object: z.string(),
  /** The amount in the currency of the payment; of a charge what was authorised. */
  amount: z.int().nullish(),
  currency: z.string().nullish(),
  metadata,
  /** Of a refund and a dispute. */
  charge: z.string().nullish(),
  payment_intent: z.string().nullish(),
});

/** The members of a BalanceTransaction that we read. Amounts are in the currency of our balance. */
const transactionSchema = z.object({
  id: z.string(),
  object: z.literal('balance_transaction'),
  type: z.string(),
  reporting_category: z.string(),
  amount: z.int(),
  fee: z.int(),
  net: z.int(),
  currency: z.string(),
  created: z.int(),
  source: z.union([z.string(), sourceSchema]).nullish(),
});

type Transaction = z.infer<typeof transactionSchema>;

const payoutSchema = z.object({ id: z.string(), arrival_date: z.int(), automatic: z.boolean() });

const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ data: z.array(item), has_more: z.boolean() });

/**
 * Our kind for each reporting category of Stripe that concerns money of an order (docs.stripe.com/reports/
 * reporting-categories). Every other one belongs to no order: payouts, reserves, fees, and adjustments.
 */
const KINDS: Readonly<Record<string, SettlementRow['kind']>> = {
  charge: 'payment',
  charge_failure: 'payment',
  refund: 'refund',
  refund_failure: 'refund',
  dispute: 'dispute',
  dispute_reversal: 'dispute',
  payout: 'payout',
  payout_reversal: 'payout',
  risk_reserved_funds: 'reserve',
  fee: 'fee',
  network_cost: 'fee',
};

/**
 * The lines of the automatic payouts that reached the bank in the period: Stripe says which transactions of the balance
 * each of them has. A payout that somebody made by hand names none.
 */
export async function settlementsOf(
  context: StripeContext,
  { from, to }: SettlementPeriod,
): Promise<SettlementRow[]> {
  const arrived = `arrival_date[gte]=${seconds(from)}&arrival_date[lt]=${seconds(to)}&status=paid`;
  const payouts = await readAll(context, `/v1/payouts?${arrived}`, payoutSchema);
  const rows: SettlementRow[] = [];
  for (const { id, automatic } of payouts) {
    if (!automatic) continue;
    const path = `/v1/balance_transactions?payout=${encodeURIComponent(id)}&expand[0]=data.source`;
    const transactions = (await readAll(context, path, transactionSchema)).filter(isReadable);
    const own: SettlementRow[] = [];
    for (const one of transactions.filter((each) => each.reporting_category !== REVERSAL))
      own.push(await toRow(context, one, id));
    rows.push(...transactions.filter((each) => each.reporting_category === REVERSAL).reduce(lessRest, own));
  }
  return rows;
}

/**
 * Whether we know the currency of the account. Other systems may use other currencies in one account. No money of ours
 * is in those: it would be reported as missing, and the rest of the payouts is read.
 */
const isReadable = ({ amount, fee, net, currency }: Transaction): boolean =>
  [amount, fee, net].every((each) => fromStripeAmount(each, currency) !== undefined);

/** Stripe books a charge that was captured in part in full, and takes the rest off in a line of its own. */
const REVERSAL = 'partial_capture_reversal';

/** The lines with the rest taken off that of its charge, so that one line says what was captured. */
function lessRest(rows: SettlementRow[], rest: Transaction): SettlementRow[] {
  const source = sourceOf(rest);
  const [gross, net] = [grossOf(rest, source), readAmount(rest.net, rest.currency)];
  return rows.map((row) =>
    row.kind === 'payment' && row.reference === source?.charge
      ? {
          ...row,
          gross: add(row.gross, gross),
          fee: add(row.fee, readAmount(rest.fee, rest.currency)),
          net: add(row.net, net),
        }
      : row,
  );
}

const sourceOf = ({ source }: Transaction) =>
  typeof source === 'string' ? undefined : (source ?? undefined);

const seconds = (instant: Instant): number => Math.floor(Date.parse(instant) / 1_000);

/** Every object of a list, page by page. */
async function readAll<Item extends z.ZodType<{ id: string }>>(
  context: StripeContext,
  path: string,
  item: Item,
): Promise<z.infer<Item>[]> {
  const all: z.infer<Item>[] = [];
  for (;;) {
    const last = all.at(-1);
    const after = last === undefined ? '' : `&starting_after=${encodeURIComponent(last.id)}`;
    const response = await getObject(context, `${path}&limit=${PAGE}${after}`);
    const { data, has_more } = readAnswer('stripe', response, pageOf(item));
    all.push(...data);
    if (!has_more || data.length === 0) return all;
  }
}

async function toRow(
  context: StripeContext,
  transaction: Transaction,
  payoutId: string,
): Promise<SettlementRow> {
  const { id, reporting_category, currency, source, created } = transaction;
  const known = sourceOf(transaction);
  const reference = typeof source === 'string' ? source : (source?.id ?? id);
  const orderId = await orderOf(context, known);
  const account = zero(readAmount(0, currency).currency);
  return {
    rowId: id,
    kind: KINDS[reporting_category] ?? 'adjustment',
    reference,
    ...defined({ orderId }),
    gross: grossOf(transaction, known),
    fee: readAmount(transaction.fee, currency),
    held: account,
    net: readAmount(transaction.net, currency),
    at: toInstant(new Date(created * 1_000)),
    payoutId,
  };
}

/** The metadata of charges and refunds name the order. A dispute has the intent alone, whose metadata name it. */
async function orderOf(
  context: StripeContext,
  source: z.infer<typeof sourceSchema> | undefined,
): Promise<string | undefined> {
  const own = source?.metadata?.orderId;
  if (own !== undefined || source?.object !== 'dispute' || source.payment_intent == null) return own;
  return (await readIntent(context, source.payment_intent)).metadata.orderId;
}

/** The amount in the currency of the payment, with the sign of the transaction. */
function grossOf(transaction: Transaction, source: z.infer<typeof sourceSchema> | undefined) {
  const { amount, currency } = transaction;
  const [paid, paidIn] = [source?.amount, source?.currency];
  const account = readAmount(amount, currency);
  if (paid == null || paidIn == null || paidIn === currency) return account;
  // A payment in a currency that we do not offer is another system's.
  return fromStripeAmount(Math.sign(amount) * Math.abs(paid), paidIn) ?? account;
}
