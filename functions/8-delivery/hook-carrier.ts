import { carrierPartners } from '../../shared/runtime/deps/shipping.ts';
import { webhook } from '../../shared/runtime/webhook.ts';

export const handler = webhook('carrier', carrierPartners);
