import { textWidth } from './text-width.ts';

/** Bars beyond these are too narrow to see; the table has them all. */
export const MAX_BARS = 12;
/** Of all texts in a picture, in pixels. */
export const FONT_SIZE = 12;
/** In degrees, from the level. */
export const ASLANT = 40;
/** Between the picture's edge and what is drawn, and between an axis and its texts. */
const GAP = 8;
const LEGEND_HEIGHT = 28;
const [COSINE, SINE] = [Math.cos((ASLANT * Math.PI) / 180), Math.sin((ASLANT * Math.PI) / 180)];

/** The marks of an axis of figures: from `min` to `max` in steps, with zero among them. */
export interface Marks {
  readonly min: number;
  readonly max: number;
  readonly interval: number;
}

/** Some four steps of 1, 2, 2.5 or 5 times a power of ten that hold all figures. Counts have whole steps. */
export function marksOf(figures: readonly (number | null)[], isWhole: boolean): Marks {
  const known = figures.filter((figure) => figure !== null);
  const [low, high] = [Math.min(0, ...known), Math.max(0, ...known)];
  const rough = (high - low || 1) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5].find((times) => times * power >= rough) ?? 10) * power;
  const interval = isWhole ? Math.max(1, Math.ceil(step)) : step;
  const max = Math.max(high === low ? 1 : 0, Math.ceil(high / interval)) * interval;
  return { min: Math.floor(low / interval) * interval, max, interval };
}

interface Labels {
  /** The width of the picture. */
  readonly width: number;
  readonly isRightToLeft: boolean;
  /** The lines of the name of each place on the level axis, in the order of the reading. */
  readonly names: readonly (readonly string[])[];
  readonly isAslant: boolean;
  /** The texts of the marks of the upright axis. */
  readonly marks: readonly string[];
}

/**
 * The margins of what is drawn, so that every text has its room: the texts of the upright axis stand where the reading
 * begins, and names that are aslant reach over there.
 */
export function roomFor({ width, isRightToLeft, names, isAslant, marks }: Labels) {
  const widest = (texts: readonly string[]) =>
    Math.max(0, ...texts.map((text) => textWidth(text, FONT_SIZE)));
  const widths = names.map(widest);
  const ofMarks = widest(marks) + 2 * GAP;
  const place = (width - ofMarks - GAP) / Math.max(1, names.length);
  const reach = (index: number) => (isAslant ? COSINE : 1 / 2) * (widths[index] ?? 0);
  const beyond = widths.map((_, index) => reach(index) - (index + 1 / 2) * place + GAP);
  const before = Math.max(ofMarks, ...beyond);
  const after = isAslant ? GAP : Math.max(GAP, (widths.at(-1) ?? 0) / 2 - place / 2 + GAP);
  const lines = Math.max(1, ...names.map(({ length }) => length));
  const high = isAslant ? Math.max(0, ...widths) * SINE + FONT_SIZE : lines * FONT_SIZE;
  return {
    left: isRightToLeft ? after : before,
    right: isRightToLeft ? before : after,
    top: 12,
    bottom: Math.ceil(high) + GAP + LEGEND_HEIGHT,
  };
}
