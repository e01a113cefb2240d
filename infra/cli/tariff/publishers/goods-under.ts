import { goodsText } from './goods-text.ts';

/** A row of a schedule: its code, and its description with a dash for each level. */
interface DescribedRow {
  readonly code: string;
  readonly text: string;
}

interface Heading extends DescribedRow {
  readonly level: number;
}

/**
 * The descriptions of rows with those of the headings above them, since `- Other` says little by itself. A heading has
 * fewer dashes and the beginning of the code.
 */
export function goodsUnder(rows: readonly DescribedRow[]): string[] {
  const above: Heading[] = [];
  return rows.map(({ code, text }) => {
    const level = (/^[-–−\s]+/.exec(text)?.[0] ?? '').replace(/\s/g, '').length;
    while (above.length > 0 && !isUnder({ code, level }, above.at(-1))) above.pop();
    above.push({ code, level, text: clean(text) });
    return goodsText(above.map((heading) => heading.text));
  });
}

const isUnder = (row: Pick<Heading, 'code' | 'level'>, heading: Heading | undefined): boolean =>
  heading !== undefined && heading.level < row.level && row.code.startsWith(heading.code.replace(/0+$/, ''));

const clean = (text: string): string =>
  text
    .replace(/^[-–−\s]+/, '')
    .replace(/\s+/g, ' ')
    .replace(/:$/, '')
    .trim();
