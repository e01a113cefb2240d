import type { ScreeningRule } from '../rule.ts';
import { embargoedDestination } from './embargoed-destination.ts';
import { highValue } from './high-value.ts';
import { incompleteConsignee } from './incomplete-consignee.ts';
import { looseLithiumByAir } from './loose-lithium-by-air.ts';
import { manyOfOne } from './many-of-one.ts';
import { otherDestination } from './other-destination.ts';

/** Every rule, in the order of its findings. One file a rule; a new one is added here. */
export const screeningRules = [
  embargoedDestination,
  otherDestination,
  looseLithiumByAir,
  incompleteConsignee,
  highValue,
  manyOfOne,
] as const satisfies readonly ScreeningRule[];
