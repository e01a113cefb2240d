/** The longest description of a line. A declaration and a page show one line of it. */
const LONGEST = 160;
/** The longest part of a heading's text where the whole is too long. */
const HEADING = 60;

/**
 * The description of a line from the texts of the headings above it and its own. Texts that repeat are left out. Where
 * all of them are too long, those that follow the heading are.
 */
export function goodsText(texts: readonly string[]): string {
  const all = [...new Set(texts.filter((text) => text !== ''))];
  const whole = all.join(': ');
  if (whole.length <= LONGEST || all.length < 2) return cut(whole, LONGEST);
  const [first = '', ...rest] = all;
  const heading = cut(first, HEADING);
  let own = cut(rest.at(-1) ?? '', LONGEST - heading.length - 2);
  for (const text of rest.slice(0, -1).toReversed()) {
    const longer = `${text}: ${own}`;
    if (heading.length + 2 + longer.length > LONGEST) break;
    own = longer;
  }
  return `${heading}: ${own}`;
}

const cut = (text: string, length: number) => (text.length > length ? `${text.slice(0, length - 1)}…` : text);
