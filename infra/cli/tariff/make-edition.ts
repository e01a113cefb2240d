import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { ScheduleHeader, ScheduleLine } from '../../../shared/duties/schedules/schedule.ts';
import { encodeSchedule } from '../../../shared/duties/schedules/schedule-file.ts';
import { isCalendarDate } from '../../../shared/kernel/time.ts';
import { isGzip, unreadable } from '../files/read-text-file.ts';
import { BadFile } from '../terminal/bad-file.ts';
import type { Progress } from '../terminal/progress.ts';
import { distinctLines } from './distinct-lines.ts';
import { publishers } from './publishers/index.ts';
import type { PublishedFile, Publisher, ReadLines, Unparsed } from './publishers/publisher.ts';
import type { EditionOptions } from './tariff-options.ts';

export interface Edition {
  readonly header: ScheduleHeader;
  readonly read: ReadLines;
  /** The bytes of its file. */
  readonly file: Uint8Array;
}

/**
 * Reads the files of a publisher and makes the file of an edition. Throws {@link BadFile} or an Error with one line per
 * problem if a file cannot be read or has no line. `today` is the day that the files were read.
 */
export function makeEdition(options: EditionOptions, today: string, progress: Progress): Edition {
  const publisher = publisherOf(options.as);
  const step = progress.start('Reading', options.files.length, 'files');
  const files = options.files.map((path) => {
    const file = publishedFile(path);
    step.advance();
    return file;
  });
  step.end();
  const header = headerOf(publisher, options, today);
  const read = publisher.read(files, header.validFrom);
  const { lines: distinct, repeated } = distinctLines(read.lines);
  const { lines, left } = withoutRates(distinct, options.leaveOut);
  if (lines.length === 0)
    throw new BadFile(`${options.files.join(', ')}: no line of a tariff was found as ${publisher.name}`);
  const whole = { ...read, lines, unparsed: [...read.unparsed, ...repeated, ...left] };
  return { header, read: whole, file: encodeSchedule(header, lines) };
}

/** The lines, those under one of the codes without a rate. */
function withoutRates(lines: readonly ScheduleLine[], codes: readonly string[]) {
  const isMeant = ({ code, rate }: ScheduleLine) =>
    rate !== undefined && codes.some((each) => code.startsWith(each));
  const left = lines
    .filter(isMeant)
    .map(({ code, text }): Unparsed => ({ code, text, reason: 'left out on the command line' }));
  return { left, lines: lines.map((line) => (isMeant(line) ? { ...line, rate: undefined } : line)) };
}

function publisherOf(name: string): Publisher {
  const found = publishers.find((publisher) => publisher.name === name);
  if (found === undefined)
    throw new Error(`no publisher has the name ${name}: ${publishers.map((each) => each.name).join(', ')}`);
  return found;
}

/** The file, unpacked where it is compressed. */
function publishedFile(path: string): PublishedFile {
  try {
    const bytes = readFileSync(path);
    return { name: path, bytes: isGzip(bytes) ? gunzipSync(bytes) : bytes };
  } catch (error) {
    throw unreadable(path, error);
  }
}

function headerOf(publisher: Publisher, options: EditionOptions, today: string): ScheduleHeader {
  const { edition, tariff = publisher.tariff, review } = options;
  const validFrom = options.validFrom ?? dayOf(edition);
  if (validFrom === undefined)
    throw new Error(`say from when the rates of edition ${edition} are used: --valid-from 2026-12-01`);
  const knownTo = options.knownTo ?? validFrom;
  if (knownTo < validFrom)
    throw new Error(`the edition is known to ${knownTo}, which is before its first day ${validFrom}`);
  const names = options.files.map((path) => basename(path));
  const { hs, law, ...rest } = publisher.header;
  return {
    ...{ tariff, edition, validFrom, knownTo, hs: options.hs ?? hs, law: options.law ?? law },
    source: options.source ?? `${publisher.title}; ${someOf(names)}, read on ${today}`,
    ...rest,
    ...(review === undefined ? {} : { review }),
  };
}

/** The day that an edition's name says: itself, or the first of its month. */
function dayOf(edition: string): string | undefined {
  const day = /^\d{4}-\d{2}$/.test(edition) ? `${edition}-01` : edition;
  return isCalendarDate(day) ? day : undefined;
}

const someOf = (names: readonly string[]) =>
  names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more files` : names.join(', ');

/** The lines whose rate was not read, for a report. */
export const withoutRate = (lines: readonly ScheduleLine[]): readonly ScheduleLine[] =>
  lines.filter(({ rate }) => rate === undefined);
