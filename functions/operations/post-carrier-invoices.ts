import * as z from 'zod';
import { invoiceNumberSchema } from '../../events/freight.ts';
import { idSchema } from '../../shared/kernel/ids.ts';
import { fromJson, moneySchema } from '../../shared/kernel/money.ts';
import { ProblemError } from '../../shared/kernel/problem.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';
import { networkWorld } from '../../shared/runtime/worlds/network-world.ts';
import { type ImportedLine, importInvoices } from '../../shared/shipping/index.ts';

const lineSchema = z
  .strictObject({
    /** The code of the partner that booked the parcel. */
    carrier: z.string().trim().min(1).max(40),
    invoiceNumber: invoiceNumberSchema,
    trackingNumber: z.string().trim().min(1).max(80),
    /** What is charged for the parcel, before tax, in the currency of the rate card. */
    amount: moneySchema.extend({ amount: z.int().min(0).max(100_000_000) }),
    billedWeightGrams: z.int().min(0).max(1_000_000).optional(),
  })
  .meta({ id: 'CarrierInvoiceLine' });

const importedSchema = z
  .strictObject({
    line: z.int(),
    status: z.enum(['matched', 'disputed', 'unmatched']),
    orderId: idSchema('order').optional(),
    parcelId: idSchema('parcel').optional(),
    carded: moneySchema.optional(),
    /** What the parcel costs above its rate card by this line. */
    excess: moneySchema.optional(),
    /** The line was imported before; nothing was written. */
    repeated: z.boolean().optional(),
    /** Why an unmatched line can't be held against a card. */
    reason: z.enum(['unknown-parcel', 'other-carrier', 'other-currency', 'no-card']).optional(),
  })
  .meta({ id: 'ImportedInvoiceLine' });

export const contract = defineContract({
  id: 'operations/post-carrier-invoices',
  summary: 'Hold the lines of carriers’ invoices against the rate cards; what is above is disputed',
  body: z.strictObject({
    /** Tells what would be written and writes nothing. */
    dryRun: z.boolean().default(false),
    lines: z.array(lineSchema).min(1).max(100),
  }),
  answers: {
    200: {
      description:
        'What became of each line. A line is known by carrier, invoice and parcel: repeating changes nothing',
      schema: z.strictObject({ stored: z.boolean(), lines: z.array(importedSchema) }),
    },
  },
  problems: [409],
});

export const handler = http(contract, networkWorld, async ({ body, caller }, world) => {
  const { dryRun } = body;
  const lines = body.lines.map((line) => ({ ...line, amount: fromJson(line.amount) }));
  const cause = { by: 'operator', reference: caller.subject ?? 'operator' } as const;
  const outcome = await importInvoices(world, lines, { cause, dryRun });
  if (!outcome.ok)
    throw new ProblemError({
      status: 409,
      code: 'invoices-contradict',
      title: 'Lines contradict each other or earlier ones',
      detail: 'Nothing was written.',
      errors: outcome.error.map(({ line, code, detail }) => ({ pointer: `/lines/${line}`, code, detail })),
    });
  return { status: 200, body: { stored: !dryRun, lines: outcome.value.map(shown) } };
});

function shown(imported: ImportedLine, line: number): z.infer<typeof importedSchema> {
  if (imported.status === 'unmatched') return { line, status: 'unmatched', reason: imported.reason };
  const { status, orderId, invoiced, isRepeat } = imported;
  const { parcelId, carded, excess } = invoiced;
  return {
    ...{ line, status, orderId, parcelId, carded },
    ...(excess === undefined ? {} : { excess }),
    ...(isRepeat ? { repeated: true } : {}),
  };
}
