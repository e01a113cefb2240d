import type { Currency } from '../../kernel/currency.ts';
import { dayMs, hourMs, type Instant, later } from '../../kernel/time.ts';
import type { LakeReport } from '../lake/lake-report.ts';
import { tablesAsked } from '../lake/make-lake-report.ts';
import { readQuestion } from '../lake/read-question.ts';
import { lastPeriodBefore, type PeriodKind, periodsEnded } from '../period/report-period.ts';
import { type AskDeps, noteAsked } from './ask-for-run.ts';
import { type RunId, runIdOf } from './ports.ts';
import type { ReportQuestion, ReportRun } from './report-run.ts';
import { type LakeFigures, sourcePrint } from './source-print.ts';

/** Periods that ended within these days are made if they are missing, and made again if their facts changed. */
const RESTATED_DAYS = 35;
/** A report waits after the end of its period, so that the last facts are in the tables of the lake. */
const SETTLED_MS = 2 * hourMs;
/** A report that was made is looked at again after this time at the earliest. */
const LOOKED_AT_AGAIN_MS = 20 * hourMs;
/** A report that failed, or that nobody began, is asked for again after this time. */
const ASKED_AGAIN_MS = 1 * hourMs;
/** A report that is missing for this long after its period has ended is late: a person should hear of it. */
const LATE_MS = 8 * hourMs;
/** One run of the job asks for this number of reports at most. The next one asks for the rest. */
const MAX_ASKED = 200;
/** The most runs of a report and a kind of period that are looked at. */
const MAX_LOOKED_AT = 2_000;

const KINDS: readonly PeriodKind[] = ['day', 'week', 'month'];

/** How the merchant wants its reports. */
export interface ReportingChoice {
  /** IANA. */
  readonly timeZone: string;
  readonly currency: Currency;
}

/** What the job makes: the reports of the merchant, and those of these storefronts. */
interface ClosedChoice extends ReportingChoice {
  readonly storefronts: readonly string[];
}

export interface AskClosedDeps extends AskDeps {
  readonly reports: () => Promise<readonly LakeReport[]>;
  readonly choice: () => Promise<ClosedChoice>;
  /** Undefined while no tables were made. */
  readonly figures: () => Promise<LakeFigures | undefined>;
}

/** What a run of the job did. `late` names the reports that are missing for hours. */
export interface AskedForClosed {
  readonly asked: number;
  /** Reports that the next run asks for. */
  readonly left: number;
  readonly late: readonly RunId[];
}

/**
 * Asks for the reports of every period that has ended and has none: of the merchant and of the storefronts that it
 * chose, in its time zone and currency. Asks again for those whose facts have changed since they were made, also for
 * the ones that a reader asked for. A run that does not happen is made up for by the next one, since what is missing is
 * found by what is stored.
 */
export async function askForClosed(deps: AskClosedDeps): Promise<AskedForClosed> {
  const figures = await deps.figures();
  const since = figures === undefined ? undefined : firstDayOf(figures);
  if (figures === undefined || since === undefined) return { asked: 0, left: 0, late: [] };
  const now = deps.clock().toISOString();
  const reports = await deps.reports();
  const stored = await storedRuns(deps.runs, reports, now);
  const wanted = wantedReports(reports, { ...(await deps.choice()), now, since });
  const runOf = ({ question }: WantedReport) => stored.get(nameOf(question));
  const missing = wanted.filter((each) => isMissing(runOf(each), now)).map(({ question }) => question);
  const known = new Set(missing.map(nameOf));
  const again = [...stored.values()]
    .filter((run) => !known.has(nameOf(run.question)) && isToLookAt(run, now))
    .filter((run) => hasChanged(run, reports, { figures, now }))
    .map(({ question }) => question);
  const all = [...missing, ...again];
  const taken = all.slice(0, MAX_ASKED);
  const asked = await askForAll(deps, taken);
  const late = wanted.filter((each) => isLate(each, runOf(each), now));
  return { asked, left: all.length - taken.length, late: late.map(({ question }) => runIdOf(question)) };
}

const nameOf = (question: ReportQuestion): string => Object.values(runIdOf(question)).join(' ');

/** The first day of which the lake knows anything: of the time before it, nothing is reported. */
const firstDayOf = (figures: LakeFigures): string | undefined =>
  Object.values(figures)
    .flatMap((days = {}) => Object.keys(days))
    .sort()[0];

async function storedRuns(
  runs: AskClosedDeps['runs'],
  reports: readonly LakeReport[],
  now: Instant,
): Promise<Map<string, ReportRun>> {
  // Zones differ by a day, and so the names of their periods.
  const start = { timeZone: 'UTC', now: later(now, -(RESTATED_DAYS + 2) * dayMs) };
  const lists = reports.flatMap(({ name, periods }) =>
    periods.map((kind) => runs.list(name, kind, { from: lastPeriodBefore(kind, start), max: MAX_LOOKED_AT })),
  );
  const found = (await Promise.all(lists)).flat();
  return new Map(found.map((run) => [nameOf(run.question), run]));
}

/** A report that has to be there, and when its period ended. */
interface WantedReport {
  readonly question: ReportQuestion;
  readonly endedAt: Instant;
}

/**
 * Every report of every period that ended within the window: those of the merchant first, then those of each
 * storefront, the newest period first.
 */
function wantedReports(
  reports: readonly LakeReport[],
  { storefronts, ...choice }: ClosedChoice & { readonly now: Instant; readonly since: string },
): WantedReport[] {
  const ofStorefronts = reports.filter(({ byStorefront }) => byStorefront);
  return [
    ...wantedBy(undefined, reports, choice),
    ...storefronts.flatMap((storefrontId) => wantedBy(storefrontId, ofStorefronts, choice)),
  ];
}

function wantedBy(
  storefrontId: string | undefined,
  reports: readonly LakeReport[],
  { timeZone, currency, now, since }: ReportingChoice & { readonly now: Instant; readonly since: string },
): WantedReport[] {
  const reader = storefrontId === undefined ? {} : { storefrontId };
  const asked = { timeZone, now, sinceMs: RESTATED_DAYS * dayMs, untilMs: SETTLED_MS };
  return KINDS.flatMap((kind) => {
    const ofKind = reports.filter(({ periods }) => periods.includes(kind));
    const periods = periodsEnded(kind, asked).filter(({ to }) => to > `${since}T00:00:00.000Z`);
    return periods.flatMap(({ name: period, to: endedAt }) =>
      ofKind.map(({ name: report }) => ({
        question: { report, period, periodKind: kind, timeZone, currency, ...reader, parameters: {} },
        endedAt,
      })),
    );
  });
}

/** Whether the report of a period that has ended is not there, and nobody is about to make it. */
function isMissing(run: ReportRun | undefined, now: Instant): boolean {
  if (run === undefined) return true;
  if (run.made?.status === 'over') return false;
  return run.state === 'made' || isForgotten(run, now);
}

/** Whether a run was asked for long ago and is not made: it failed, or its message was lost. */
function isForgotten({ state, askedAt, attempt, failure }: ReportRun, now: Instant): boolean {
  const lastAt = failure?.at ?? attempt?.until ?? askedAt;
  return state !== 'made' && later(lastAt, ASKED_AGAIN_MS) <= now;
}

/** Whether it is time to see whether the facts of a stored report have changed. */
function isToLookAt(run: ReportRun, now: Instant): boolean {
  if (run.made === undefined) return false;
  if (run.state !== 'made') return isForgotten(run, now);
  return later(run.made.checkedAt, LOOKED_AT_AGAIN_MS) <= now;
}

/** Whether the tables that a stored report reads have changed since, and its period ended within the window. */
function hasChanged(
  { question, made }: ReportRun,
  reports: readonly LakeReport[],
  { figures, now }: { readonly figures: LakeFigures; readonly now: Instant },
): boolean {
  // A report that is not in the registry any more stays as it is.
  const read = readQuestion(question, { reports, now });
  if (!read.ok || made === undefined) return false;
  const { report, asked } = read.value;
  const { isOver, to } = asked.period;
  if (!isOver || later(to, SETTLED_MS) > now || later(to, RESTATED_DAYS * dayMs) < now) return false;
  return made.status === 'running' || made.source !== sourcePrint(tablesAsked(report, asked), figures);
}

/** A report that the job asked for in an earlier run, that has ended for hours, and that is not there. */
const isLate = ({ endedAt }: WantedReport, run: ReportRun | undefined, now: Instant): boolean =>
  run !== undefined &&
  run.made?.status !== 'over' &&
  later(endedAt, LATE_MS) <= now &&
  later(run.askedAt, ASKED_AGAIN_MS / 2) <= now;

const SENT_AT_ONCE = 10;

async function askForAll(deps: AskClosedDeps, questions: readonly ReportQuestion[]): Promise<number> {
  let asked = 0;
  for (let start = 0; start < questions.length; start += SENT_AT_ONCE) {
    const noted = await Promise.all(
      questions.slice(start, start + SENT_AT_ONCE).map((question) => noteAsked(deps, question)),
    );
    const ids = noted.filter(({ isNew }) => isNew).map(({ id }) => id);
    const refused = ids.length === 0 ? [] : await deps.queue.send(ids);
    asked += ids.length - refused.length;
  }
  return asked;
}
