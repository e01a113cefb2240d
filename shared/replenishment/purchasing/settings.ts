import * as z from 'zod';
import { positiveMoneySchema } from '../../kernel/money.ts';

/** What the merchant lets happen without a person. */
export const purchasingSettingsSchema = z
  .strictObject({
    /**
     * Purchase orders of up to this total, in this currency, approve themselves. Without it, and in other currencies, a
     * person approves each.
     */
    approvalLimit: positiveMoneySchema.optional(),
    /** Whether transfer orders between own warehouses approve themselves. */
    approvesTransfers: z.boolean().default(true),
  })
  .meta({ id: 'PurchasingSettings' });

export type PurchasingSettings = z.infer<typeof purchasingSettingsSchema>;

/** Before a merchant has stored any: a person approves every purchase. */
export const defaultSettings: PurchasingSettings = { approvesTransfers: true };

/** Whether an order approves itself. */
export function approvesItself(
  { approvalLimit, approvesTransfers }: PurchasingSettings,
  order: {
    readonly kind: 'purchase' | 'transfer';
    readonly total?: { readonly amount: number; readonly currency: string } | undefined;
  },
): boolean {
  if (order.kind === 'transfer') return approvesTransfers;
  if (approvalLimit === undefined || order.total === undefined) return false;
  return order.total.currency === approvalLimit.currency && order.total.amount <= approvalLimit.amount;
}
