import { counted } from '../files/problems.ts';
import { type Edition, withoutRate } from './make-edition.ts';
import type { Unparsed } from './publishers/publisher.ts';

/** How many examples of each reason are shown, unless all are asked for. */
const EXAMPLES = 3;

/** What was read of an edition, as lines of text. */
export function editionReport({ header, read, file }: Edition, listUnparsed: boolean): string[] {
  const { lines, unparsed } = read;
  const bare = withoutRate(lines).length;
  const preferences = lines.reduce((all, line) => all + Object.keys(line.preferences ?? {}).length, 0);
  return [
    `${header.tariff} ${header.edition}: ${counted(read.read, 'row')} read, ${counted(lines.length, 'line')}: ` +
      `${lines.length - bare} with a rate, ${bare} without`,
    ...(preferences === 0 ? [] : [`${counted(preferences, 'preferential rate')}`]),
    ...reasons(unparsed, listUnparsed ? Number.POSITIVE_INFINITY : EXAMPLES),
    `in force from ${header.validFrom}, known to ${header.knownTo}, ${header.hs}, ${Math.ceil(file.length / 1000)} kB`,
  ];
}

function reasons(unparsed: readonly Unparsed[], most: number): string[] {
  return [...Map.groupBy(unparsed, ({ reason }) => reason)]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .flatMap(([reason, own]) => [
      `  not read: ${own.length} x ${reason}`,
      ...own.slice(0, most).map(({ code, text }) => `    ${code}: ${text}`),
    ]);
}
