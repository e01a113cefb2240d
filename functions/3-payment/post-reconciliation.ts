import * as z from 'zod';
import { cashOffer, collectsCash } from '../../shared/payment/cash/index.ts';
import { providerOffers } from '../../shared/payment/providers/offers.ts';
import {
  differenceView,
  foundDifferenceSchema,
  reconcile,
  settlementRow,
  settlementRowSchema,
  withOrders,
} from '../../shared/payment/settlement/index.ts';
import { reconcileDeps } from '../../shared/runtime/deps/reconciliation.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

const codes: readonly string[] = [...providerOffers, cashOffer].map(({ code }) => code);

export const contract = defineContract({
  id: '3-payment/post-reconciliation',
  summary: 'Compare lines of a provider’s settlement with the ledger; those that match are booked',
  body: z
    .strictObject({
      /** The code of the provider. */
      provider: z.string().refine((code) => codes.includes(code), 'no payment provider has this code'),
      /** Reports what would be booked and writes nothing. */
      dryRun: z.boolean().default(false),
      rows: z.array(settlementRowSchema).min(1).max(100),
    })
    .meta({ id: 'Reconciliation' }),
  answers: {
    200: {
      description: 'What the lines are to the ledger. Lines that come again change nothing',
      schema: z
        .strictObject({
          stored: z.boolean(),
          /** Lines that settle an entry of the ledger. */
          matched: z.int(),
          /** Lines that were booked before. */
          repeated: z.int(),
          /** Payouts, fees, reserves and adjustments, which belong to no order. */
          others: z.int(),
          differences: z.array(foundDifferenceSchema),
        })
        .meta({ id: 'ReconciliationResult' }),
    },
  },
});

export const handler = http(contract, reconcileDeps, async ({ body, caller }, deps) => {
  const { provider, dryRun } = body;
  const cause = { by: 'operator', reference: caller.subject ?? 'operator' } as const;
  const given = body.rows.map(settlementRow);
  // A carrier knows its tracking numbers, and not our orders.
  const rows = collectsCash({ provider }) ? await withOrders(given, deps.orderOfLabel) : given;
  const { run, differences } = await reconcile(deps, { provider, rows, cause, dryRun });
  const { matched, repeated, others } = run;
  return {
    status: 200,
    body: { stored: !dryRun, matched, repeated, others, differences: differences.map(differenceView) },
  };
});
