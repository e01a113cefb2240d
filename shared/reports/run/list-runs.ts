import type { LakeReport } from '../lake/lake-report.ts';
import type { PeriodKind } from '../period/report-period.ts';
import { type RunStore, runIdOf } from './ports.ts';
import type { ReportRun } from './report-run.ts';

/** A page of runs: by report as the registry has them, days before weeks and months, the newest period first. */
export interface RunPage {
  readonly runs: readonly ReportRun[];
  readonly cursor: string | undefined;
}

interface Wanted {
  readonly limit: number;
  /** Only runs of this storefront. */
  readonly storefrontId?: string | undefined;
  readonly cursor?: string | undefined;
}

interface Place {
  readonly report: string;
  readonly kind: PeriodKind;
  readonly after?: string;
}

/** Reads of one page. With a storefront most runs may be of others, so that a page may be short. */
const MAX_READS = 20;

/** A page of the runs of these reports; undefined for a cursor that is not ours. */
export async function listRuns(
  { runs, reports }: { readonly runs: RunStore; readonly reports: readonly LakeReport[] },
  { limit, storefrontId, cursor }: Wanted,
): Promise<RunPage | undefined> {
  let places = reports.flatMap(({ name, periods }): Place[] =>
    periods.map((kind) => ({ report: name, kind })),
  );
  if (cursor !== undefined) {
    const from = placesFrom(places, cursor);
    if (from === undefined) return undefined;
    places = from;
  }
  const found: ReportRun[] = [];
  for (let reads = 0; places.length > 0 && reads < MAX_READS && found.length < limit; reads += 1) {
    const [place, ...rest] = places;
    if (place === undefined) break;
    const max = limit - found.length;
    const { report, kind, after } = place;
    const read = await runs.list(report, kind, { max, ...(after === undefined ? {} : { after }) });
    found.push(
      ...read.filter(({ question }) => storefrontId === undefined || question.storefrontId === storefrontId),
    );
    const last = read.at(-1);
    places =
      read.length < max || last === undefined
        ? rest
        : [{ ...place, after: runIdOf(last.question).run }, ...rest];
  }
  return { runs: found, cursor: places[0] === undefined ? undefined : encode(places[0]) };
}

const encode = ({ report, kind, after = '' }: Place): string =>
  Buffer.from([report, kind, after].join(' ')).toString('base64url');

function placesFrom(places: readonly Place[], cursor: string): Place[] | undefined {
  const [report, kind, after = ''] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ');
  const index = places.findIndex((place) => place.report === report && place.kind === kind);
  const [place, ...rest] = places.slice(index);
  if (index < 0 || place === undefined || !(after === '' || after.startsWith(`${kind}#`))) return undefined;
  return [after === '' ? place : { ...place, after }, ...rest];
}
