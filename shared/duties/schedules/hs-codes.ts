import type { ScheduleHeader } from './schedule.ts';

type Edition = ScheduleHeader['hs'];

/**
 * The files with the correlations of earlier editions: for a subheading of HS 2022 that the edition does not have, the
 * subheadings that it came from.
 */
const files: Readonly<Partial<Record<Edition, string>>> = {
  HS2012: 'hs-2022-to-2012.json',
  HS2017: 'hs-2022-to-2017.json',
};

interface Correlations {
  readonly subheadings: Readonly<Record<string, readonly string[]>>;
}

/**
 * Gives the subheadings of an edition for a subheading of HS 2022 that the edition does not have; none if none is
 * known. Without them, goods of such a subheading have no line in a tariff of that edition. `read` gives the bytes of a
 * file; each is read when it is first needed.
 */
export function hsCodesOf(
  read: (name: string) => Uint8Array,
): (subheading: string, to: Edition) => readonly string[] {
  const opened = new Map<string, Correlations>();
  return (subheading, to) => {
    const name = files[to];
    if (name === undefined) return [];
    const known = opened.get(name) ?? (JSON.parse(Buffer.from(read(name)).toString('utf8')) as Correlations);
    opened.set(name, known);
    return known.subheadings[subheading] ?? [];
  };
}
