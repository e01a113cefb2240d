import { hook } from '../../shared/runtime/hook.ts';
import { carrierPartners } from '../../shared/runtime/worlds/carrier-partners.ts';

export const handler = hook('carrier', carrierPartners);
