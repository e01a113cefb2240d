import ofHs2017 from './hs-2022-to-2017.json' with { type: 'json' };
import type { ScheduleHeader } from './schedule.ts';

type Edition = ScheduleHeader['hs'];

/** Subheadings of an earlier edition by the subheading of HS 2022 that they became. */
type Correlations = Readonly<Record<string, readonly string[]>>;

/**
 * The tables for subheadings of HS 2022 that the earlier edition does not have. Without an entry, goods of such a
 * subheading have no line in a tariff of that edition.
 */
const correlations: Readonly<Record<Edition, Correlations>> = {
  HS2012: {},
  HS2017: ofHs2017.subheadings,
  HS2022: {},
};

/** The subheadings of the edition for a subheading of HS 2022; empty if none is known. */
export const hsCodesAlike = (subheading: string, to: Edition): readonly string[] =>
  correlations[to][subheading] ?? [];
