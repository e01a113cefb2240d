import * as z from 'zod';
import { weightGramsSchema } from '../kernel/measure.ts';

const innerMm = z.int().min(10, 'inner sizes are in millimetres, at least 10').max(3_000);

/** A carton that a warehouse packs into. */
export const boxSchema = z
  .strictObject({
    boxId: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$/, 'letters, digits, dot, dash, underscore'),
    innerLengthMm: innerMm,
    innerWidthMm: innerMm,
    innerHeightMm: innerMm,
    /** Thickness of each wall: the outside is twice that larger. */
    wallMm: z.int().min(0).max(50).default(4),
    tareGrams: z.int().min(0).max(50_000),
    /** The most that its contents may weigh. */
    maxGrams: weightGramsSchema,
  })
  .meta({ id: 'Box', description: 'A carton that a warehouse packs into' });

export type Box = z.infer<typeof boxSchema>;

const carton = (
  boxId: string,
  mm: readonly [number, number, number],
  tareGrams: number,
  maxGrams: number,
) => ({
  boxId,
  innerLengthMm: mm[0],
  innerWidthMm: mm[1],
  innerHeightMm: mm[2],
  wallMm: 4,
  tareGrams,
  maxGrams,
});

/** Common sizes of corrugated cartons, for a warehouse that lists none of its own. */
export const standardBoxes: readonly Box[] = [
  carton('std-xs', [200, 150, 60], 70, 3_000),
  carton('std-s', [300, 200, 120], 140, 8_000),
  carton('std-m', [400, 300, 200], 330, 15_000),
  carton('std-l', [500, 400, 300], 620, 25_000),
  carton('std-xl', [600, 400, 400], 850, 30_000),
];
