import * as z from 'zod';
import { fromJson } from '../../shared/kernel/money.ts';
import { ProblemError } from '../../shared/kernel/problem.ts';
import { networkDeps } from '../../shared/runtime/deps/network.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';
import {
  importedLineSchema,
  importedLineView,
  importInvoices,
  invoiceLineSchema,
  invoicesContradict,
} from '../../shared/shipping/index.ts';

export const contract = defineContract({
  id: '5-shipping/post-carrier-invoices',
  summary: 'Compare the lines of carriers’ invoices with the rate cards; higher amounts are disputed',
  body: z
    .strictObject({
      /** Reports what would be written and writes nothing. */
      dryRun: z.boolean().default(false),
      lines: z.array(invoiceLineSchema).min(1).max(100),
    })
    .meta({ id: 'CarrierInvoiceImport' }),
  answers: {
    200: {
      description:
        'The result of each line. A line is identified by carrier, invoice and parcel: repeating changes nothing',
      schema: z
        .strictObject({ stored: z.boolean(), lines: z.array(importedLineSchema) })
        .meta({ id: 'CarrierInvoiceImportResult' }),
    },
  },
  problems: [409],
});

export const handler = http(contract, networkDeps, async ({ body, caller }, deps) => {
  const { dryRun } = body;
  const lines = body.lines.map((line) => ({ ...line, amount: fromJson(line.amount) }));
  const cause = { by: 'operator', reference: caller.subject ?? 'operator' } as const;
  const outcome = await importInvoices(deps, lines, { cause, dryRun });
  if (!outcome.ok)
    throw new ProblemError(
      invoicesContradict(
        outcome.error.map(({ line, code, detail }) => ({ pointer: `/lines/${line}`, code, detail })),
      ),
    );
  return { status: 200, body: { stored: !dryRun, lines: outcome.value.map(importedLineView) } };
});
