import * as z from 'zod';
import { refundWaySchema } from '../../events/payment.ts';
import { idSchema } from '../kernel/ids.ts';
import { fromJson, positiveMoneySchema } from '../kernel/money.ts';
import { wantedLinesSchema } from './refund-lines.ts';
import type { RefundRequest } from './request-refund.ts';

const refundFields = {
  /** Absent, with no lines either: the whole remaining amount. */
  amount: positiveMoneySchema.optional(),
  /** The units whose price goes back with their duty, tax and fees, in place of an amount. */
  lines: wantedLinesSchema.optional(),
  /** Whether the units' share of the shipping goes back too; absent: it does not. */
  shipping: z.boolean().optional(),
  /** A person returns the money in this way, and confirms it. Absent: the provider does. */
  by: refundWaySchema.optional(),
  /** Confirms a refund that a person has made, with the reference of the bank or the shop. */
  refundId: idSchema('refund').optional(),
  reference: z
    .string()
    .regex(/^[A-Za-z0-9._/-]{1,60}$/, 'a reference of letters, digits and . _ / -')
    .optional(),
};

type Fields = { readonly [Field in keyof typeof refundFields]?: unknown };

/** What an operator sends with a refund: what is to be given back, or that a person has given it back. */
export const refundBodySchema = z.strictObject(refundFields).superRefine((body: Fields, { addIssue }) => {
  if (body.lines !== undefined && body.amount !== undefined)
    addIssue({
      code: 'custom',
      path: ['amount'],
      message: 'lines have an amount of their own: leave it out',
    });
  if (body.lines === undefined && body.shipping !== undefined)
    addIssue({ code: 'custom', path: ['shipping'], message: 'only lines have a share of the shipping' });
  const isConfirmed = body.refundId !== undefined || body.reference !== undefined;
  if (!isConfirmed) return;
  const message = 'a confirmation has refundId and reference, and nothing else';
  const wrong = (['refundId', 'reference', 'amount', 'by', 'lines', 'shipping'] as const).filter((field) => {
    const isOfConfirmation = field === 'refundId' || field === 'reference';
    return (body[field] !== undefined) !== isOfConfirmation;
  });
  for (const field of wrong) addIssue({ code: 'custom', path: [field], message });
});

export type RefundBody = z.infer<typeof refundBodySchema>;

/** The first field of a refund in a body; undefined if it has none. */
export const refundFieldIn = (body: RefundBody): string | undefined =>
  Object.entries(body).find(([, value]) => value !== undefined)?.[0];

/** What a body wants to give back, and in which way. */
export const wantedRefund = (body: RefundBody): Pick<RefundRequest, 'amount' | 'units' | 'by'> => ({
  amount: body.amount && fromJson(body.amount),
  units: body.lines && { lines: body.lines, shipping: body.shipping ?? false },
  by: body.by,
});

/** The field of a body that says how much goes back. */
export const fieldOf = (body: RefundBody): '/amount' | '/lines' =>
  body.lines === undefined ? '/amount' : '/lines';
