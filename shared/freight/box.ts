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
    /** Thickness of each wall. The outside is twice that larger. */
    wallMm: z.int().min(0).max(50).default(4),
    tareGrams: z.int().min(0).max(50_000),
    /** The most that its contents may weigh. */
    maxGrams: weightGramsSchema,
  })
  .meta({ id: 'Box', description: 'A carton that a warehouse packs into' });

export type Box = z.infer<typeof boxSchema>;

/** Sizes are inner ones: length, width, height. */
interface BoxSize {
  readonly boxId: string;
  readonly mm: readonly [length: number, width: number, height: number];
  readonly wallMm: number;
  readonly tareGrams: number;
  readonly maxGrams: number;
}

/**
 * Flat mailing cartons of one thin corrugated layer, for clothing and other flat goods. Outside they are the common
 * A5 and A4 sizes: 240 x 160 x 45 mm, and 350 x 250 x 50 mm, which the largest letter of the post takes (Maxibrief of
 * Deutsche Post AG: at most 353 x 250 x 50 mm).
 */
const mailers: readonly BoxSize[] = [
  { boxId: 'std-mailer-a5', mm: [236, 156, 41], wallMm: 2, tareGrams: 55, maxGrams: 2_000 },
  { boxId: 'std-mailer-a4', mm: [346, 246, 46], wallMm: 2, tareGrams: 115, maxGrams: 5_000 },
];

/** Common sizes of cartons made of one corrugated layer. */
const cartons: readonly BoxSize[] = [
  { boxId: 'std-xs', mm: [200, 150, 60], wallMm: 4, tareGrams: 70, maxGrams: 3_000 },
  { boxId: 'std-s', mm: [300, 200, 120], wallMm: 4, tareGrams: 140, maxGrams: 8_000 },
  { boxId: 'std-a4', mm: [350, 250, 150], wallMm: 4, tareGrams: 220, maxGrams: 10_000 },
  { boxId: 'std-m', mm: [400, 300, 200], wallMm: 4, tareGrams: 330, maxGrams: 15_000 },
  { boxId: 'std-l', mm: [500, 400, 300], wallMm: 4, tareGrams: 620, maxGrams: 25_000 },
  { boxId: 'std-xl', mm: [600, 400, 400], wallMm: 4, tareGrams: 850, maxGrams: 30_000 },
];

/** Boxes for a warehouse that lists none of its own. */
export const standardBoxes: readonly Box[] = [...mailers, ...cartons].map(({ mm, ...box }) => ({
  ...box,
  innerLengthMm: mm[0],
  innerWidthMm: mm[1],
  innerHeightMm: mm[2],
}));
