import type { ScreeningRule } from '../rule.ts';
import { embargoedDestination } from './embargoed-destination.ts';
import { highValue } from './high-value.ts';
import { incompleteConsignee } from './incomplete-consignee.ts';
import { manyOfOne } from './many-of-one.ts';
import { otherDestination } from './other-destination.ts';
import { restrictedGoods } from './restricted-goods.ts';

/** Every rule, in the order of its findings. To add one, write its file and name it here. */
export const screeningRules = [
  embargoedDestination,
  otherDestination,
  restrictedGoods,
  incompleteConsignee,
  highValue,
  manyOfOne,
] as const satisfies readonly ScreeningRule[];
