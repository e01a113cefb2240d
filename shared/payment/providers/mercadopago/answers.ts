import * as z from 'zod';
import { defined } from '../../../kernel/defined.ts';
import { lookUp } from '../../../kernel/look-up.ts';
import { sum } from '../../../kernel/money.ts';
import { fromMajorUnits } from '../../../partners/major-units.ts';
import { PartnerRefused, partnerTimeSchema } from '../../../partners/partner-answer.ts';
import { PartnerUnavailable } from '../../../partners/send.ts';
import type { ProviderNextAction } from '../../next-action.ts';
import type { PaymentOwner, ProviderPayment } from '../../provider.ts';
import { type Account, referenceOf } from './accounts.ts';
import { txidIn } from './txid.ts';

const idSchema = z.union([z.int().positive(), z.string().regex(/^\d+$/)]).transform(String);
const barcodeSchema = z.object({ content: z.string().nullish() }).nullish();

/** The members of a payment that we read. */
export const paymentSchema = z.object({
  id: idSchema,
  status: z.string(),
  status_detail: z.string().nullish(),
  currency_id: z.string(),
  transaction_amount: z.number(),
  date_of_expiration: partnerTimeSchema.nullish(),
  payment_method_id: z.string(),
  metadata: z.looseObject({ order_id: z.string().optional(), payment_id: z.string().optional() }).nullish(),
  fee_details: z.array(z.object({ amount: z.number(), fee_payer: z.string().nullish() })).nullish(),
  barcode: barcodeSchema,
  transaction_details: z
    .object({
      external_resource_url: z.string().nullish(),
      payment_method_reference_id: z.string().nullish(),
      digitable_line: z.string().nullish(),
      barcode: barcodeSchema,
      transaction_id: z.string().nullish(),
    })
    .nullish(),
  point_of_interaction: z
    .object({
      transaction_data: z
        .object({ qr_code: z.string().nullish(), transaction_id: z.string().nullish() })
        .nullish(),
    })
    .nullish(),
});

export type MercadoPayment = z.infer<typeof paymentSchema>;

/**
 * Our status for each status of a payment. Where money came in it stays captured: refunds and disputes are records of
 * their own. `rejected` is final there, and the shopper pays by another method.
 */
const paymentStatus: Readonly<Record<string, ProviderPayment['status']>> = {
  pending: 'waiting',
  in_process: 'waiting',
  authorized: 'authorised',
  approved: 'captured',
  in_mediation: 'captured',
  refunded: 'captured',
  charged_back: 'captured',
  rejected: 'failed',
  cancelled: 'voided',
};

export const isKnownStatus = (status: string): boolean => lookUp(paymentStatus, status) !== undefined;

/** Translates a payment. A payment exists only once the shopper has chosen how to pay, so it is under way. */
export function toPayment(payment: MercadoPayment, account: Account): ProviderPayment {
  const status = lookUp(paymentStatus, payment.status);
  if (status === undefined) throw new PartnerRefused('mercadopago', 200, `unknown status ${payment.status}`);
  const amount = fromMajorUnits('mercadopago', payment.transaction_amount, payment.currency_id);
  return {
    providerPaymentId: referenceOf(account, payment.id),
    status,
    amount,
    captures:
      status !== 'captured'
        ? []
        : [
            {
              reference: payment.id,
              amount,
              ...defined({ fee: feeOf(payment), bankReference: endToEndOf(payment) }),
              ...defined({ codeReference: txidOf(payment) }),
            },
          ],
    ...(status === 'waiting' && { isUnderWay: true as const }),
    ...(status === 'failed' && { failureCode: payment.status_detail ?? 'rejected' }),
  };
}

/** What the merchant pays of the fees; undefined if the answer has none. */
function feeOf({ fee_details, currency_id }: MercadoPayment) {
  const own = (fee_details ?? []).filter(({ fee_payer }) => fee_payer === 'collector');
  const [first, ...rest] = own.map(({ amount }) => fromMajorUnits('mercadopago', amount, currency_id));
  return first === undefined ? undefined : sum([first, ...rest], first.currency);
}

/** The end-to-end id of Pix, which both banks have. */
function endToEndOf(payment: MercadoPayment): string | undefined {
  if (payment.payment_method_id !== 'pix') return undefined;
  return (
    payment.transaction_details?.transaction_id ??
    payment.point_of_interaction?.transaction_data?.transaction_id ??
    undefined
  );
}

/** The txid of Pix, by which the payer's bank found the charge. Only the code has it. */
function txidOf({ point_of_interaction }: MercadoPayment): string | undefined {
  const code = point_of_interaction?.transaction_data?.qr_code;
  return code == null ? undefined : txidIn(code);
}

/** Whose payment it is; undefined if it is not ours. Mercado Pago writes the names of metadata in small letters. */
export function ownerOf({ metadata }: MercadoPayment): PaymentOwner | undefined {
  const { order_id: orderId, payment_id: paymentId } = metadata ?? {};
  return orderId === undefined || paymentId === undefined ? undefined : { orderId, paymentId };
}

/** The shopper pays a code in the app of a bank, or a voucher at a counter. Nothing once the payment has ended. */
export function nextActionOf(payment: MercadoPayment): ProviderNextAction {
  if (lookUp(paymentStatus, payment.status) !== 'waiting') return { type: 'none' };
  const expiresAt = payment.date_of_expiration ?? undefined;
  if (expiresAt === undefined) throw new PartnerUnavailable('mercadopago', 'answered without an expiry');
  const code = payment.point_of_interaction?.transaction_data?.qr_code ?? undefined;
  if (code !== undefined) return { type: 'qr', payload: code, expiresAt };
  const details = payment.transaction_details;
  const reference =
    details?.digitable_line ??
    details?.barcode?.content ??
    payment.barcode?.content ??
    details?.payment_method_reference_id;
  const url = details?.external_resource_url;
  if (reference == null || url == null)
    throw new PartnerUnavailable('mercadopago', 'answered without a code or a voucher');
  return { type: 'voucher', reference, url, expiresAt };
}
