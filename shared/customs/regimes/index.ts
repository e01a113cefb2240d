import type { Regime } from '../regime.ts';
import { au } from './au.ts';
import { eu } from './eu.ts';
import { gb } from './gb.ts';
import { us } from './us.ts';

/** THE REGISTRY of import regimes: one line to add is in this array. */
export const regimes = [au, eu, gb, us] as const satisfies readonly Regime[];

export type RegimeCode = (typeof regimes)[number]['code'];
