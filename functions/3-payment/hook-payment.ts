import { paymentPartners } from '../../shared/runtime/deps/payment-partners.ts';
import { webhook } from '../../shared/runtime/webhook.ts';

export const handler = webhook('payment', paymentPartners);
