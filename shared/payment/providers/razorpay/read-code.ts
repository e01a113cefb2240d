import type { ProviderPayment } from '../../provider.ts';
import { codeSchema, listOf, paymentSchema, type QrCode, toPayment } from './answers.ts';
import { askFor, type Context } from './call.ts';
import { isCollected, readOrder } from './collect.ts';

/** The state of a payment by a code or by a request. */
export async function readState(context: Context, id: string): Promise<ProviderPayment> {
  if (isCollected(id)) return readOrder(context, id);
  const { code: _, ...payment } = await readCode(context, id);
  return payment;
}

/** The state of a code with its payments. The count in the code itself comes late, so they are always read. */
export async function readCode(context: Context, id: string): Promise<ProviderPayment & { code: QrCode }> {
  const path = `payments/qr_codes/${encodeURIComponent(id)}`;
  const code = await askFor(context, { method: 'GET', path, schema: codeSchema });
  const { items } = await askFor(context, {
    ...{ method: 'GET', path: `${path}/payments?count=100`, schema: listOf(paymentSchema) },
  });
  return { ...toPayment(code, items), code };
}
