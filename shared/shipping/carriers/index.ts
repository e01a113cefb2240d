import type { Carrier } from '../carrier.ts';
import { easypost } from './easypost/adapter.ts';

/** The registry: to add a carrier, write its folder and name it here. */
export const carriers = [easypost] as const satisfies readonly Carrier[];
