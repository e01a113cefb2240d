import type { Carrier } from '../carrier.ts';
import { easypost } from './easypost/adapter.ts';

/** The registry of carriers. To add a carrier, write its folder and add its adapter to this list. */
export const carriers = [easypost] as const satisfies readonly Carrier[];
