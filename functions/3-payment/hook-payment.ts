import { hook } from '../../shared/runtime/hook.ts';
import { paymentPartners } from '../../shared/runtime/worlds/payment-partners.ts';

export const handler = hook('payment', paymentPartners);
