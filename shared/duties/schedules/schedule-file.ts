import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { invariant } from '../../kernel/invariant.ts';
import type { DutyRate } from '../rules/duty-rate-schema.ts';
import type { PublishedRate, ScheduleHeader, ScheduleLine } from './schedule.ts';

/*
 * A file of an edition: four bytes with the length of its index, the index as JSON, then one compressed block for each
 * chapter's rates and one for its descriptions. A quote reads the blocks of rates that its goods need, and no
 * description but those of the lines that it names.
 */

/** Places of a chapter's blocks after the index: where each begins and its bytes. */
type Places = Readonly<
  Record<string, { readonly rates: readonly [number, number]; readonly goods: readonly [number, number] }>
>;

interface Index {
  readonly header: ScheduleHeader;
  readonly lines: number;
  readonly chapters: Places;
}

type StoredRate = readonly [text: string, rate: DutyRate | null];
/** A line: its code, the place of its rate, and what else it has. */
type StoredLine = readonly [
  code: string,
  rate: number,
  more?: { readonly season?: readonly [string, string]; readonly pref?: Readonly<Record<string, number>> },
];

interface StoredRates {
  readonly rates: readonly StoredRate[];
  readonly lines: readonly StoredLine[];
}

const LENGTH_BYTES = 4;

/** The bytes of an edition's file. The lines may come in any order; codes of one season must differ. */
export function encodeSchedule(header: ScheduleHeader, lines: readonly ScheduleLine[]): Uint8Array {
  const sorted = lines.toSorted((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0));
  const blocks: Uint8Array[] = [];
  let end = 0;
  const add = (value: unknown): readonly [number, number] => {
    const block = deflateRawSync(JSON.stringify(value), { level: 9 });
    blocks.push(block);
    end += block.length;
    return [end - block.length, block.length];
  };
  const chapters: Record<string, Places[string]> = {};
  for (const [chapter, own] of Map.groupBy(sorted, ({ code }) => code.slice(0, 2)))
    chapters[chapter] = { rates: add(storedRates(own)), goods: add(own.map(({ goods }) => goods)) };
  const index: Index = { header, lines: lines.length, chapters };
  const text = Buffer.from(JSON.stringify(index));
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(text.length);
  return Buffer.concat([length, text, ...blocks]);
}

function storedRates(lines: readonly ScheduleLine[]): StoredRates {
  const places = new Map<string, number>();
  const rates: StoredRate[] = [];
  const placeOf = ({ text, rate }: PublishedRate) => {
    const key = JSON.stringify([text, rate]);
    const known = places.get(key);
    if (known !== undefined) return known;
    places.set(key, rates.length);
    return rates.push([text, rate ?? null]) - 1;
  };
  const stored = lines.map((line): StoredLine => {
    const pref = Object.entries(line.preferences ?? {}).map(([name, rate]) => [name, placeOf(rate)] as const);
    const more = {
      ...(line.season === undefined ? {} : { season: [line.season.from, line.season.to] as const }),
      ...(pref.length === 0 ? {} : { pref: Object.fromEntries(pref) }),
    };
    const own = [line.code, placeOf(line)] as const;
    return Object.keys(more).length === 0 ? own : [...own, more];
  });
  return { rates, lines: stored };
}

/** An edition that was read from its file. Chapters are read when they are first asked for, and kept. */
export interface Schedule {
  readonly header: ScheduleHeader;
  /** The number of its lines. */
  readonly lineCount: number;
  /** Two digits each, in order. */
  readonly chapters: readonly string[];
  /** The lines of a chapter by code, without descriptions; none where the edition has no such chapter. */
  linesOf(chapter: string): readonly Omit<ScheduleLine, 'goods'>[];
  /** The descriptions of a chapter, in the order of its lines. */
  goodsOf(chapter: string): readonly string[];
}

/** Opens the file of an edition. Throws where the bytes are no such file. */
export function openSchedule(bytes: Uint8Array): Schedule {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  invariant(file.length > LENGTH_BYTES, 'the file of a schedule has an index', { bytes: file.length });
  const start = LENGTH_BYTES + file.readUInt32BE(0);
  invariant(start <= file.length, 'the file of a schedule is whole', { bytes: file.length, start });
  const { header, lines, chapters } = JSON.parse(file.toString('utf8', LENGTH_BYTES, start)) as Index;
  const read = <Value>([from, length]: readonly [number, number]): Value =>
    JSON.parse(inflateRawSync(file.subarray(start + from, start + from + length)).toString('utf8')) as Value;
  const kept = new Map<string, readonly Omit<ScheduleLine, 'goods'>[]>();
  return {
    header,
    lineCount: lines,
    // An object lists keys such as `61` before `08`.
    chapters: Object.keys(chapters).toSorted(),
    linesOf(chapter) {
      const known = kept.get(chapter);
      if (known !== undefined) return known;
      const places = chapters[chapter];
      const own = places === undefined ? [] : linesFrom(read<StoredRates>(places.rates));
      kept.set(chapter, own);
      return own;
    },
    goodsOf(chapter) {
      const places = chapters[chapter];
      return places === undefined ? [] : read<readonly string[]>(places.goods);
    },
  };
}

function linesFrom({ rates, lines }: StoredRates): Omit<ScheduleLine, 'goods'>[] {
  const published = rates.map(([text, rate]): PublishedRate => ({ text, rate: rate ?? undefined }));
  const at = (place: number): PublishedRate => {
    const found = published[place];
    invariant(found !== undefined, 'a line of a schedule has a rate of its chapter', { place });
    return found;
  };
  return lines.map(([code, rate, more = {}]) => ({
    code,
    ...at(rate),
    ...(more.season === undefined ? {} : { season: { from: more.season[0], to: more.season[1] } }),
    ...(more.pref === undefined
      ? {}
      : {
          preferences: Object.fromEntries(
            Object.entries(more.pref).map(([name, place]) => [name, at(place)]),
          ),
        }),
  }));
}
