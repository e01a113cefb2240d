/** A figure with at most two decimals, for sentences: `12`, `12.5`, `0.03`. */
export function decimalText(figure: number): string {
  return String(Math.round(figure * 100) / 100);
}
