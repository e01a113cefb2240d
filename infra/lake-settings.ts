import * as z from 'zod';
import { flag, given, type ReadContext } from './context.ts';

/** What a stage decides about its lake. */
export interface LakeSettings {
  /** How long facts wait for others, so that the lake gets few large objects. Reports are as old as that. */
  readonly lakeBufferSeconds: number;
  /** How often the tables of the lake are made from the facts that have arrived. */
  readonly lakeTablesMinutes: number;
  /** How often the units that AWS bills are counted. Each time costs as much as there are metrics. */
  readonly usageMinutes: number;
  /** Whether Athena has the tables and views of the lake. */
  readonly lakeAthena: boolean;
}

/** Every context value that {@link readLakeSettings} reads. */
export const lakeContextNames = [
  'lakeBufferSeconds',
  'lakeTablesMinutes',
  'usageMinutes',
  'lakeAthena',
] as const;

/** On one machine somebody looks at the tables soon after an order. */
const LOCAL_MINUTES = 2;
const TABLES_MINUTES = 60;
const USAGE_MINUTES = 24 * 60;

/** Reads the settings of the lake. Throws an Error that names a malformed value. */
export function readLakeSettings(context: ReadContext, isLocal: boolean): LakeSettings {
  const wholeNumber = z.coerce.number().int();
  const seconds = wholeNumber.min(60).max(900).default(900);
  const minutes = wholeNumber.min(1).max(1_440);
  const minutesOf = (name: 'lakeTablesMinutes' | 'usageMinutes', deployed: number) =>
    given(
      context,
      name,
      minutes.default(isLocal ? LOCAL_MINUTES : deployed),
      'a number of minutes from 1 to 1440',
    );
  return {
    lakeBufferSeconds: given(context, 'lakeBufferSeconds', seconds, 'a number of seconds from 60 to 900'),
    lakeTablesMinutes: minutesOf('lakeTablesMinutes', TABLES_MINUTES),
    usageMinutes: minutesOf('usageMinutes', USAGE_MINUTES),
    lakeAthena: given(context, 'lakeAthena', flag.default(false), 'true or false'),
  };
}
