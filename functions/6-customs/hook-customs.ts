import { customsPartners } from '../../shared/runtime/deps/customs.ts';
import { webhook } from '../../shared/runtime/webhook.ts';

export const handler = webhook('customs', customsPartners);
