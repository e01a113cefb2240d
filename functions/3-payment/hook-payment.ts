import { paymentPartners } from '../../shared/runtime/deps/payment.ts';
import { webhook } from '../../shared/runtime/webhook.ts';

export const handler = webhook('payment', paymentPartners);
