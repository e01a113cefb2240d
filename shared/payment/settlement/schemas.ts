import * as z from 'zod';
import { defined } from '../../kernel/defined.ts';
import { idSchema } from '../../kernel/ids.ts';
import { fromJson, type Money, moneySchema, toJson } from '../../kernel/money.ts';
import { instantSchema } from '../../kernel/time.ts';
import type { SettlementRow } from '../settlement-row.ts';
import type { Difference } from './reconcile.ts';

const reference = z.string().trim().min(1).max(200);

/** A line of a settlement as a request sends it. */
export const settlementRowSchema = z
  .strictObject({
    /** The provider's own name of the line: the same wherever the line is reported again. */
    rowId: reference,
    kind: z.enum(['payment', 'refund', 'dispute', 'fee', 'payout', 'reserve', 'adjustment']),
    /** The provider's reference of the capture, the refund or the dispute. */
    reference,
    orderId: idSchema('order').optional(),
    /** In the currency of the payment; below zero what went back. */
    gross: moneySchema,
    /** These three in the currency of the merchant's account. */
    fee: moneySchema,
    held: moneySchema,
    net: moneySchema,
    at: instantSchema,
    payoutId: reference,
  })
  .superRefine(({ gross, fee, held, net }, context) => {
    for (const [name, amount] of Object.entries({ fee, held }))
      if (amount.currency !== net.currency)
        context.addIssue({
          ...{ code: 'custom', path: [name, 'currency'] },
          message: 'fee, held and net are in one currency',
        });
    const isSame = gross.currency === net.currency && fee.currency === net.currency;
    if (isSame && gross.amount !== fee.amount + held.amount + net.amount)
      context.addIssue({ code: 'custom', path: ['net'], message: 'net is gross less fee and held' });
  })
  .meta({ id: 'SettlementRow' });

/** The row of a request. */
export function settlementRow(row: z.infer<typeof settlementRowSchema>): SettlementRow {
  const { gross, fee, held, net, orderId, ...rest } = row;
  const money = { gross: fromJson(gross), fee: fromJson(fee), held: fromJson(held), net: fromJson(net) };
  return { ...rest, ...money, ...defined({ orderId }) };
}

const differenceFields = {
  kind: z
    .enum(['missing-here', 'missing-there', 'duplicated', 'differs', 'short'])
    .describe(
      'missing-here: the provider has money that the ledger has not. missing-there: no settlement has it in time. ' +
        'duplicated: two lines settle the same. differs: another amount or currency. short: a carrier remitted a ' +
        'part of the cash that it collected.',
    ),
  what: z.enum(['payment', 'refund', 'dispute']),
  reference: z.string(),
  orderId: idSchema('order').optional(),
  rowId: z.string().optional(),
  ours: moneySchema.optional(),
  theirs: moneySchema.optional(),
  /** Of a short remittance: what the carrier still owes. `theirs` is then what it has remitted by now. */
  owed: moneySchema.optional(),
};

/** A difference that a request found. */
export const foundDifferenceSchema = z
  .strictObject({ ...differenceFields, isNew: z.boolean() })
  .meta({ id: 'FoundDifference' });

/** An open difference, with when it was found. */
export const openDifferenceSchema = z
  .strictObject({ ...differenceFields, provider: z.string(), since: instantSchema })
  .meta({ id: 'OpenDifference' });

export const runSchema = z
  .strictObject({
    provider: z.string(),
    at: instantSchema,
    matched: z.int(),
    repeated: z.int(),
    others: z.int(),
    found: z.int(),
    resolved: z.int(),
  })
  .meta({ id: 'ReconciliationRun' });

/** A difference without its id, with its amounts in the wire form. */
export function differenceView<More extends object>({ id: _, ...difference }: Difference & More) {
  const { ours, theirs, owed, ...rest } = difference;
  const json = (amount: Money | undefined) => amount && toJson(amount);
  return { ...rest, ...defined({ ours: json(ours), theirs: json(theirs), owed: json(owed) }) };
}
