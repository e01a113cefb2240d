/** The place of the first line whose code is not before this one. */
export function firstFrom(
  lines: readonly { readonly line: { readonly code: string } }[],
  code: string,
): number {
  let [from, to] = [0, lines.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((lines[middle]?.line.code ?? '') < code) from = middle + 1;
    else to = middle;
  }
  return from;
}
