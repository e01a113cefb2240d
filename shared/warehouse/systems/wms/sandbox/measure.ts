import type { DispatchOrderView } from './wire.ts';

const packagingGrams = 40;
const unitGramsWhenUnknown = 250;

/** The lines that are short: one unit of the last line is missing. */
export function shortLines(view: DispatchOrderView): NonNullable<DispatchOrderView['shortLines']> {
  const line = view.lines.find((one) => one.sku.includes('SHORT')) ?? view.lines.at(-1);
  return line === undefined ? [] : [{ sku: line.sku, ordered: line.quantity, picked: line.quantity - 1 }];
}

/** The measured weight in grams and the measured lengths in millimetres. */
export function measure(view: DispatchOrderView): Pick<DispatchOrderView, 'weightGrams' | 'dimensionsMm'> {
  const units = view.lines.reduce((sum, line) => sum + line.quantity, 0);
  const net = view.lines.reduce(
    (sum, line) => sum + line.quantity * (line.unitWeightGrams ?? unitGramsWhenUnknown),
    0,
  );
  return {
    weightGrams: net + packagingGrams * Math.max(1, view.cartons?.length ?? 0),
    dimensionsMm: { length: 300, width: 200, height: Math.min(60 + 20 * units, 400) },
  };
}
