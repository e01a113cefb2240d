import type { GoodsMeasures } from '../kernel/measure.ts';
import type { Product } from './product.ts';

const ML_PER_LITRE = 1_000;

/**
 * What duties may count a unit of the product by. The volume that its compliance data state is taken where its measures
 * have none. Undefined if nothing is stated.
 */
export function measuresOf({ measures, compliance }: Product): GoodsMeasures | undefined {
  const millilitres = compliance?.volumeMl;
  if (millilitres === undefined || measures?.litres !== undefined) return measures;
  const thousandths = String(millilitres % ML_PER_LITRE).padStart(3, '0');
  return { ...measures, litres: `${Math.floor(millilitres / ML_PER_LITRE)}.${thousandths}` };
}
