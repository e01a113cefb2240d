import { readFileSync } from 'node:fs';
import MiniSearch from 'minisearch';
import { editionFiles } from '../../../shared/duties/schedules/editions/index.ts';
import { openSchedule, type Schedule } from '../../../shared/duties/schedules/schedule-file.ts';
import { type Column, textTable } from '../terminal/text-table.ts';

export interface FindOptions {
  readonly words: string;
  /** The list of rates, as rules name it; all editions of the repository if absent. */
  readonly tariff?: string | undefined;
  /** The digits that a code begins with. */
  readonly code?: string | undefined;
  /** The most lines. */
  readonly limit: number;
  readonly format: 'table' | 'json';
}

/** A line whose description has the words. */
export interface FoundLine {
  /** Tariff and edition: `us 2025-11`. */
  readonly edition: string;
  readonly code: string;
  /** As its publisher writes it. */
  readonly rate: string;
  readonly goods: string;
}

const FOLDER = new URL('../../../shared/duties/schedules/editions/', import.meta.url);
const columns: readonly Column[] = [
  { title: 'tariff' },
  { title: 'code' },
  { title: 'rate', width: 18 },
  { title: 'goods', width: 80 },
];

/** Words that say nothing of goods. */
const EMPTY_WORDS = new Set(['and', 'for', 'not', 'of', 'or', 'other', 'than', 'the', 'their', 'with']);

/** `cups` and `cup`, `batteries` and `battery`. */
const stem = (word: string): string =>
  word
    .toLowerCase()
    .replace(/ies$/, 'y')
    .replace(/(?<=[^s]{2})s$/, '');

/**
 * Finds the lines of official descriptions that have the words, the best first: a word may be the beginning of a longer
 * one, or have one letter in five wrong. Throws an Error if there is no edition of the tariff.
 */
export function findLines(options: FindOptions, say: (text: string) => void): void {
  const files = editionFiles.filter(({ tariff }) => tariff === (options.tariff ?? tariff));
  if (files.length === 0) {
    const known = [...new Set(editionFiles.map(({ tariff }) => tariff))].join(', ');
    throw new Error(`--in: no edition of ${options.tariff ?? ''} is in the repository: one of ${known}`);
  }
  const found = searchIn(
    files.map(({ name }) => openSchedule(readFileSync(new URL(name, FOLDER)))),
    options,
  );
  if (options.format === 'json') say(JSON.stringify(found, undefined, 2));
  else if (found.length === 0)
    say('No line has these words. Try fewer of them, or those of a customs tariff.');
  else
    say(
      textTable(
        columns,
        found.map(({ edition, code, rate, goods }) => [edition, code, rate, goods]),
      ),
    );
}

/** The best lines of the editions together. Pure. */
export function searchIn(
  editions: readonly Schedule[],
  { words, code = '', limit }: Pick<FindOptions, 'words' | 'code' | 'limit'>,
): FoundLine[] {
  const index = new MiniSearch<FoundLine & { readonly id: number }>({
    fields: ['goods'],
    processTerm: (word) => (word.length < 2 || EMPTY_WORDS.has(word.toLowerCase()) ? null : stem(word)),
  });
  const lines = editions.flatMap((edition) => linesWith(edition, code)).map((line, id) => ({ id, ...line }));
  index.addAll(lines);
  const search = (combineWith: 'AND' | 'OR') =>
    index.search(words, {
      combineWith,
      prefix: (word) => word.length > 3,
      fuzzy: (word) => (word.length > 4 ? 0.2 : 0),
    });
  const all = search('AND');
  return (all.length > 0 ? all : search('OR')).slice(0, limit).flatMap(({ id }) => {
    const line = lines[Number(id)];
    if (line === undefined) return [];
    const { edition, code: found, rate, goods } = line;
    return [{ edition, code: found, rate, goods }];
  });
}

function linesWith(schedule: Schedule, begins: string): FoundLine[] {
  const { tariff, edition } = schedule.header;
  return schedule.chapters
    .filter((chapter) => chapter.startsWith(begins.slice(0, 2)))
    .flatMap((chapter) => {
      const goods = schedule.goodsOf(chapter);
      return schedule
        .linesOf(chapter)
        .flatMap(({ code, text }, at) =>
          code.startsWith(begins)
            ? [{ edition: `${tariff} ${edition}`, code, rate: text, goods: goods[at] ?? '' }]
            : [],
        );
    });
}
