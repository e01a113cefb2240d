import * as z from 'zod';
import type { Dimensions } from '../kernel/measure.ts';

export const warningSchema = z
  .strictObject({
    /** JSON pointer into the body. */
    pointer: z.string(),
    code: z.string(),
    detail: z.string(),
  })
  .meta({ id: 'Warning', description: 'A warning about a value that looks wrong' });

export type Warning = z.infer<typeof warningSchema>;

/**
 * Lead has 11.3 g/cm3, and hardly any product is denser; foam has some ten milligrams. A size given in centimetres
 * makes the goods look a thousand times denser, which exceeds the upper bound for all but the lightest cushion.
 */
const MAX_GRAMS_PER_CM3 = 12;
const MIN_MILLIGRAMS_PER_CM3 = 5;

/**
 * Values of a product that look wrong but may be right: a density that no product has (a unit is probably wrong), and a
 * description that customs officers of most destinations can't read. Freight and customs depend on these, so somebody
 * should check them.
 */
export function productWarnings(product: {
  readonly description: string;
  readonly unitWeightGrams: number;
  readonly dimensions: Dimensions;
}): Warning[] {
  return [...densityWarnings(product), ...scriptWarnings(product)];
}

/**
 * Declarations to the European Union, Great Britain and the United States are read in Latin letters. A few letters of
 * another script beside a Latin description are harmless.
 */
function scriptWarnings({ description }: { readonly description: string }): Warning[] {
  const latin = description.match(/\p{Script=Latin}/gu)?.length ?? 0;
  const other =
    description.match(/[^\P{Alphabetic}\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/gu)?.length ??
    0;
  if (other <= latin) return [];
  return [
    {
      pointer: '/description',
      code: 'unreadable-description',
      detail:
        'customs officers in the EU, Great Britain and the United States may not read this script: ' +
        'describe the goods in Latin letters, best in English',
    },
  ];
}

function densityWarnings(product: {
  readonly unitWeightGrams: number;
  readonly dimensions: Dimensions;
}): Warning[] {
  const { unitWeightGrams, dimensions } = product;
  const volumeMm3 = dimensions.lengthMm * dimensions.widthMm * dimensions.heightMm;
  // A cubic centimetre has a thousand cubic millimetres.
  if (unitWeightGrams * 1_000 > MAX_GRAMS_PER_CM3 * volumeMm3)
    return [
      density(
        `${unitWeightGrams} g are too heavy for a thing of this size: are grams and millimetres meant?`,
      ),
    ];
  if (unitWeightGrams * 1_000_000 < MIN_MILLIGRAMS_PER_CM3 * volumeMm3)
    return [
      density(
        `${unitWeightGrams} g are too light for a thing of this size: are grams and millimetres meant?`,
      ),
    ];
  return [];
}

const density = (detail: string): Warning => ({
  pointer: '/unitWeightGrams',
  code: 'suspicious-density',
  detail,
});
