import type { Regime } from '../regime.ts';
import { eu } from './eu.ts';
import { gb } from './gb.ts';
import { us } from './us.ts';

/** The registry: a new destination is one file and one line here. */
export const regimes = [eu, gb, us] as const satisfies readonly Regime[];

export type RegimeCode = (typeof regimes)[number]['code'];
