import { renewRates } from '../../shared/rates/renewal/renew-rates.ts';
import { renewalDeps } from '../../shared/runtime/deps/rates.ts';
import { schedule } from '../../shared/runtime/schedule.ts';

export const handler = schedule(renewalDeps, renewRates);
