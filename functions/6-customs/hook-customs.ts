import { hook } from '../../shared/runtime/hook.ts';
import { customsPartners } from '../../shared/runtime/worlds/customs-partners.ts';

export const handler = hook('customs', customsPartners);
