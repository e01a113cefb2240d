import {
  type Overlap,
  overlapsOf,
  problemsOfRows,
} from '../../../../shared/duties/rule-import/check-rules.ts';
import { mergeRules } from '../../../../shared/duties/rule-import/merge-rules.ts';
import type { Rule } from '../../../../shared/duties/rules/schema.ts';
import { buildRows } from './build-rows.ts';
import { endSuperseded } from './end-superseded.ts';
import type { FormatName } from './format-names.ts';
import { taric } from './read-taric.ts';
import { ukTariff } from './read-uk-tariff.ts';
import { usitc } from './read-usitc.ts';
import type { ReadOptions, ReadSchedule, ScheduleFormat, SourceFile, Unconverted } from './schedule.ts';

/** The schedules that can be converted, by their names on the command line. */
const scheduleFormats: Readonly<Record<FormatName, ScheduleFormat>> = {
  usitc,
  'uk-tariff': ukTariff,
  taric,
};

export interface ConvertOptions extends ReadOptions {
  /** The first day of the schedule's rules. */
  readonly validFrom: string;
  /** Whether rows that cannot be rules are listed and left out. Otherwise they fail the conversion. */
  readonly skipUnconvertible: boolean;
  /** The repository's rows, and the rows of the rule file from the earlier release. */
  readonly builtin: readonly Rule[];
  readonly previous: readonly Rule[];
}

export interface Conversion {
  readonly format: ScheduleFormat;
  readonly schedule: ReadSchedule;
  /** All rows of the file to import. Empty if there are problems. */
  readonly rows: readonly Rule[];
  /** The ids of the earlier rows that it ends. */
  readonly ended: readonly string[];
  /** The number of the schedule's rows that had ended before the first day. */
  readonly past: number;
  /** Preferences for which one agreement has two rates at the same time. */
  readonly contradictions: readonly string[];
  /** The ids of the repository's rows for the schedule's goods that stay in force. */
  readonly beside: readonly string[];
  /** The reasons why no file is written, one line each. */
  readonly problems: readonly string[];
}

/**
 * Converts the files of a schedule to rules, either all of them or none. Throws an Error if a file does not have the
 * format. Rows that cannot be rules are problems, unless they may be skipped.
 */
export function convertSchedule(
  name: FormatName,
  files: readonly SourceFile[],
  options: ConvertOptions,
): Conversion {
  const format = scheduleFormats[name];
  const schedule = format.read(files, options);
  const { builtin, previous, validFrom } = options;
  const built = buildRows(schedule.items, format, validFrom);
  const given = { builtin, previous, codes: schedule.codes, validFrom };
  const { rows: current, ended, kept, tooLate } = endSuperseded(built.rows, format, given);
  const rows = [...kept, ...ended, ...current].toSorted(byKindAndId);
  const bad = [
    ...[...schedule.unconverted, ...schedule.unconvertedPreferences].map(unconvertedText),
    ...built.contradictions,
  ];
  const problems = [
    ...(options.skipUnconvertible ? [] : bad),
    ...tooLate.map(
      (id) => `${id} is not in the file, and it cannot end before it begins: give a later --valid-from`,
    ),
    ...problemsOf(rows, builtin),
    ...(current.length === 0 ? ['no row of the files is a rule'] : []),
  ];
  return {
    format,
    schedule,
    problems,
    past: built.ended,
    contradictions: built.contradictions,
    rows: problems.length === 0 ? rows : [],
    ended: ended.map(({ id }) => id),
    beside: besideOf(current, mergeRules(builtin, rows), validFrom),
  };
}

export const unconvertedText = ({ file, line, code, reason, text }: Unconverted) =>
  `${file}:${line}: ${code}: ${reason}: ${text}`;

/**
 * The errors that the check of an import would find: rows that are not valid, an id that occurs twice, and two rows
 * that apply to the same case.
 */
function problemsOf(rows: readonly Rule[], builtin: readonly Rule[]): string[] {
  const wrong = problemsOfRows(rows as unknown as Record<string, unknown>[]);
  if (wrong.length > 0) return wrong.map(({ row, field, detail }) => `${rows[row]?.id}: ${field}: ${detail}`);
  const ids = new Set(rows.map(({ id }) => id));
  const all = mergeRules(builtin, rows);
  return [...overlapsOf(all), ...rivalPreferences(all)]
    .filter((overlap) => overlap.ids.some((id) => ids.has(id)))
    .map(
      ({ ids: [one, other], from }) =>
        `${one} and ${other} are both in force from ${from}: give another --valid-from`,
    );
}

/** Preferences of one agreement for the same prefix and the same days. The rules could not choose between them. */
function rivalPreferences(all: readonly Rule[]): Overlap[] {
  const named = all.flatMap((row) =>
    row.kind === 'preference' ? (row.when?.goods?.only ?? []).map((prefix) => ({ row, prefix })) : [],
  );
  const alike = Map.groupBy(
    named,
    ({ row, prefix }) =>
      `${row.regime} ${row.tariff} ${row.agreement} ${prefix} ${JSON.stringify(row.when?.origins)}`,
  );
  return [...alike.values()].flatMap((group) => {
    const byDate = group.map(({ row }) => row).toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
    return byDate.flatMap((row, index): Overlap[] => {
      const next = byDate[index + 1];
      return next === undefined || next.validFrom > (row.validTo ?? '9999-12-31')
        ? []
        : [{ ids: [row.id, next.id], from: next.validFrom }];
    });
  });
}

/**
 * The ids of rows that stay in force: rates of the same agreements for goods that the schedule does not name, and
 * refusals of goods for which the schedule has a duty.
 */
function besideOf(current: readonly Rule[], all: readonly Rule[], validFrom: string): string[] {
  const own = new Set(current.map(({ id }) => id));
  const agreements = new Set(current.flatMap((row) => (row.kind === 'preference' ? [row.agreement] : [])));
  const defended = current.flatMap((row) =>
    row.kind === 'additional-duty' ? (row.when?.goods?.only ?? []) : [],
  );
  return all
    .filter(
      ({ id, regime, validTo }) =>
        !own.has(id) && regime === current[0]?.regime && (validTo ?? '9') >= validFrom,
    )
    .filter((row) =>
      row.kind === 'preference'
        ? agreements.has(row.agreement)
        : row.kind === 'not-computed' &&
          row.reason === 'trade-defence' &&
          (row.when?.goods?.only ?? []).some((prefix) => defended.some((code) => code.startsWith(prefix))),
    )
    .map(({ id }) => id);
}

function byKindAndId(a: Rule, b: Rule): number {
  const [one, other] = [`${a.kind} ${a.id}`, `${b.kind} ${b.id}`];
  return one < other ? -1 : one > other ? 1 : 0;
}
