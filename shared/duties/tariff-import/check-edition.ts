import * as z from 'zod';
import { issuesOf } from '../../kernel/issues.ts';
import { plainMessage } from '../../kernel/plain-issue.ts';
import { ok, type Result, refused } from '../../kernel/result.ts';
import { regimes } from '../regimes/index.ts';
import { dutyRateSchema } from '../rules/duty-rate-schema.ts';
import { scheduleHeaderSchema } from '../schedules/schedule.ts';
import { openSchedule, type Schedule } from '../schedules/schedule-file.ts';
import { isTariffOf } from './is-tariff-of.ts';

/** An error in the file of an edition: the field of its header, or the code of a line, and the reason. */
export interface EditionProblem {
  readonly at: string;
  readonly detail: string;
}

const published = z.strictObject({ text: z.string(), rate: dutyRateSchema.optional() });
const day = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'a day of the year as MM-DD');
const lineSchema = z.strictObject({
  code: z.string().regex(/^\d{2,10}$/, 'two to ten digits'),
  text: z.string(),
  rate: dutyRateSchema.optional(),
  season: z.strictObject({ from: day, to: day }).optional(),
  preferences: z.record(z.string(), published).optional(),
});

/** Reads the file of an edition and checks its header and every line. */
export function checkEdition(bytes: Uint8Array): Result<Schedule, readonly EditionProblem[]> {
  let schedule: Schedule;
  try {
    schedule = openSchedule(bytes);
  } catch {
    return refused([{ at: '', detail: 'this is no file of an edition' }]);
  }
  const header = headerProblems(schedule);
  if (header.length > 0) return refused(header);
  const problems = schedule.chapters.flatMap((chapter) => chapterProblems(schedule, chapter));
  return problems.length > 0 ? refused(problems) : ok(schedule);
}

function headerProblems({ header, chapters }: Schedule): EditionProblem[] {
  const read = scheduleHeaderSchema.safeParse(header, { error: plainMessage });
  if (!read.success)
    return issuesOf(read.error.issues).map(({ path, message }) => ({ at: path.join('.'), detail: message }));
  const { tariff, validFrom, knownTo } = read.data;
  const regime = regimes.find(({ code }) => isTariffOf(tariff, code));
  return [
    ...(regime === undefined ? [{ at: 'tariff', detail: `no regime has the tariff ${tariff}` }] : []),
    ...(knownTo < validFrom ? [{ at: 'knownTo', detail: `is before its first day, ${validFrom}` }] : []),
    ...(chapters.length === 0 ? [{ at: '', detail: 'the edition has no lines' }] : []),
  ];
}

function chapterProblems(schedule: Schedule, chapter: string): EditionProblem[] {
  const seen = new Set<string>();
  let before = '';
  try {
    const lines = schedule.linesOf(chapter);
    if (schedule.goodsOf(chapter).length !== lines.length)
      return [{ at: chapter, detail: 'a description is missing' }];
    return lines.flatMap((line): EditionProblem[] => {
      const read = lineSchema.safeParse(line, { error: plainMessage });
      const at = String(line.code);
      if (!read.success)
        return issuesOf(read.error.issues).map(({ path, message }) => ({
          at,
          detail: `${path.join('.')}: ${message}`,
        }));
      const key = `${line.code} ${line.season?.from ?? ''}`;
      const isMisplaced = !line.code.startsWith(chapter) || line.code < before || seen.has(key);
      before = line.code;
      seen.add(key);
      return isMisplaced ? [{ at, detail: 'is there twice, or in the wrong place' }] : [];
    });
  } catch {
    return [{ at: chapter, detail: 'the chapter can not be read' }];
  }
}
