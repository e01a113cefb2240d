import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { distinctLines } from '../../../../infra/cli/tariff/distinct-lines.ts';
import { publishers } from '../../../../infra/cli/tariff/publishers/index.ts';
import type { ScheduleLine } from '../../../../shared/duties/schedules/schedule.ts';
import { edition } from './files.ts';

// The publishers' files are not part of the project. Where they lie in a folder beside it, or in the folder that
// TARIFF_FILES names, every line of them is read again.
const FOLDER = process.env.TARIFF_FILES ?? '../shared/tariffs';

/** Subheadings whose averages of about 2022 are other rates. The edition of Great Britain has none for them. */
const CHANGED = [
  ...['030119', '110220', '110290', '110311', '110313', '110319', '110320'],
  ...['120910', '151000', '220291', '360200', '411410'],
];

const files = [
  {
    ...{ as: 'us-hts', path: 'US/usitc_htsdata_2025-11_raw.csv.gz', name: 'us-2025-11' },
    ...{ read: 36_108, lines: 22_954, withoutRate: 612, unparsed: { line: 220, preference: 764 } },
  },
  {
    ...{
      as: 'uk-dit-ukgt',
      path: 'GB_EU/dit_uk_global_tariff_2020-12_ukgt_vs_cet.csv.gz',
      name: 'gb-2020-12',
    },
    ...{ read: 11_830, lines: 9_762, withoutRate: 56, unparsed: { line: 56, preference: 0 } },
  },
  {
    ...{
      as: 'eu-dit-cet',
      path: 'GB_EU/dit_uk_global_tariff_2020-12_ukgt_vs_cet.csv.gz',
      name: 'eu-2020-12',
    },
    ...{ read: 11_830, lines: 9_782, withoutRate: 150, unparsed: { line: 150, preference: 0 } },
  },
  {
    ...{ as: 'jp-customs', path: 'JP/jp_customs_tariff_flat.csv.gz', name: 'jp-2026-07-09' },
    ...{ read: 9_653, lines: 9_489, withoutRate: 167, unparsed: { line: 331, preference: 0 } },
  },
  {
    ...{ as: 'za-sars', path: 'ZA/za_sars_schedule1_part1_2026-02-13.csv.gz', name: 'za-2026-02-13' },
    ...{ read: 12_038, lines: 8_588, withoutRate: 5, unparsed: { line: 5, preference: 0 } },
  },
  {
    ...{ as: 'au-abf', path: 'AU/au_schedule3_flat.csv.gz', name: 'au-2026-04' },
    ...{ read: 7_671, lines: 5_000, withoutRate: 36, unparsed: { line: 36, preference: 0 } },
  },
  {
    ...{
      as: 'ecowas-etariffbook',
      path: 'NG_ECOWAS/ecowas_cet_afcfta_etariffbook_NGA.json.gz',
      name: 'ng-2022-etariffbook',
    },
    ...{ read: 6_129, lines: 6_129, withoutRate: 0, unparsed: { line: 0, preference: 0 } },
  },
];

const missing = files.filter(({ path }) => !existsSync(join(FOLDER, path)));
if (missing.length > 0)
  console.warn(`skipped: ${missing.map(({ path }) => path).join(', ')} not found in ${FOLDER}`);

describe('a publisher’s whole file', () => {
  test.skipIf(missing.length > 0).each(files)(
    '$name: every line has a rate or is listed, and the edition has it',
    (expected) => {
      const { as, path, name, read, lines, withoutRate, unparsed } = expected;
      const bytes = gunzipSync(readFileSync(join(FOLDER, path)));
      const found = publishers.find((each) => each.name === as)?.read([{ name: path, bytes }], '2026-11-30');
      if (found === undefined) throw new Error(`no publisher ${as}`);
      const own = distinctLines(found.lines);
      expect(own.repeated).toEqual([]);
      expect({ read: found.read, lines: own.lines.length }).toEqual({ read, lines });
      const bare = own.lines.filter(({ rate }) => rate === undefined);
      expect(bare).toHaveLength(withoutRate);
      const ofPreference = found.unparsed.filter(({ reason }) => reason.startsWith('preference'));
      expect({
        line: found.unparsed.length - ofPreference.length,
        preference: ofPreference.length,
      }).toEqual(unparsed);
      // Each line without a rate is listed, or inherits from one that is.
      const listed = new Set(found.unparsed.map(({ code }) => code));
      expect(bare.filter(({ code }) => !listed.has(code) && !listed.has(code.slice(0, 8)))).toEqual([]);
      const isLeftOut = (code: string) =>
        name === 'gb-2020-12' && CHANGED.some((each) => code.startsWith(each));
      const kept = own.lines.map((line) => (isLeftOut(line.code) ? { ...line, rate: undefined } : line));
      expect(asKept(kept)).toEqual(keptIn(name));
    },
  );
});

const asKept = (lines: readonly ScheduleLine[]) =>
  lines.map(({ code, text, rate, season }) => JSON.stringify([code, text, rate, season])).toSorted();

function keptIn(name: string) {
  const schedule = edition(name);
  const lines = schedule.chapters.flatMap((chapter) => schedule.linesOf(chapter));
  return lines.map(({ code, text, rate, season }) => JSON.stringify([code, text, rate, season])).toSorted();
}
