import { carrierPartners } from '../../shared/runtime/deps/carrier-partners.ts';
import { webhook } from '../../shared/runtime/webhook.ts';

export const handler = webhook('carrier', carrierPartners);
