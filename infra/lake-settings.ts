import * as z from 'zod';
import { flag, given, type ReadContext } from './context.ts';

/** What a stage decides about its lake. */
export interface LakeSettings {
  /** How long facts wait for others, so that the lake gets few large objects. Reports are as old as that. */
  readonly lakeBufferSeconds: number;
  /** How often the tables of the lake are made from the facts that have arrived. */
  readonly lakeTablesMinutes: number;
  /** Whether Athena has the tables and views of the lake. */
  readonly lakeAthena: boolean;
}

/** Every context value that {@link readLakeSettings} reads. */
export const lakeContextNames = ['lakeBufferSeconds', 'lakeTablesMinutes', 'lakeAthena'] as const;

/** On one machine somebody looks at the tables soon after an order. */
const LOCAL_TABLES_MINUTES = 2;
const TABLES_MINUTES = 60;

/** Reads the settings of the lake. Throws an Error that names a malformed value. */
export function readLakeSettings(context: ReadContext, isLocal: boolean): LakeSettings {
  const wholeNumber = z.coerce.number().int();
  const seconds = wholeNumber.min(60).max(900).default(900);
  const minutes = wholeNumber
    .min(1)
    .max(1_440)
    .default(isLocal ? LOCAL_TABLES_MINUTES : TABLES_MINUTES);
  return {
    lakeBufferSeconds: given(context, 'lakeBufferSeconds', seconds, 'a number of seconds from 60 to 900'),
    lakeTablesMinutes: given(context, 'lakeTablesMinutes', minutes, 'a number of minutes from 1 to 1440'),
    lakeAthena: given(context, 'lakeAthena', flag.default(false), 'true or false'),
  };
}
