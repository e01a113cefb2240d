import { plainName } from '../../events/names.ts';
import type { JobAlarm, TriggerEntry } from '../../events/triggers.ts';
import type { Notice } from '../../shared/kernel/report.ts';
import type { Runbook } from './alarm.ts';

/** Log lines that are counted together, and the alarm that reads their number. */
export interface CountedLines {
  /** The name of the metric and of the alarm. */
  readonly name: string;
  /** The lines to count, as a pattern of CloudWatch Logs. */
  readonly pattern: string;
  /** The alarm is raised when this number of lines was counted within the minutes. */
  readonly atLeast: number;
  readonly withinMinutes: number;
  readonly impact: string;
  readonly runbook: string;
}

interface OwnLines {
  /** Codes of `shared/runtime/log.ts`. */
  readonly codes?: readonly string[];
  readonly notices?: readonly Notice['code'][];
  readonly atLeast?: number;
  readonly impact: string;
  readonly runbook: Runbook;
}

/** Lines that our own code writes, by the name of their alarm. */
const ownLines: Readonly<Record<string, OwnLines>> = {
  FailingMessages: {
    codes: ['MESSAGE_FAILED', 'MESSAGE_LATE'],
    // One failure is repeated after seconds and mostly succeeds. A message that always fails does so five times in a
    // minute.
    atLeast: 5,
    impact: 'Messages fail, or waited for more than five minutes. Orders wait for their next step.',
    runbook: 'failing-messages',
  },
  UnknownOrders: {
    codes: ['MESSAGE_DROPPED'],
    notices: ['callback-without-order'],
    impact: 'A message names an order that we do not have. Money or goods may be missing from our books.',
    runbook: 'unknown-order',
  },
  IncompleteOrders: {
    codes: ['NOT_RELAYED', 'NOT_HANDED_OVER', 'UNRELAYED_GONE', 'DEMAND_NOT_NOTED', 'WORK_NOT_COUNTED'],
    impact:
      'Something was stored, but a part of what follows was not done: its event is not published or not kept, or a figure of warehouses or of hot stock is not counted.',
    runbook: 'incomplete-orders',
  },
  IncompleteTables: {
    codes: ['LAKE_TABLES_BEHIND', 'LAKE_UNREAD'],
    impact: 'The tables of the lake lack facts that have arrived. Reports made now are incomplete.',
    runbook: 'incomplete-tables',
  },
  RefusedCallbacks: {
    codes: ['CALLBACK_REFUSED'],
    impact:
      "A partner's call had a wrong signature and was refused. Either its secret is wrong here, and orders wait for the partner, or somebody sends false calls.",
    runbook: 'refused-callbacks',
  },
  OldSettings: {
    codes: ['SECRET_UNREAD', 'SETTINGS_REFUSED'],
    impact: 'Partners are called with their old settings, because the new ones cannot be read or used.',
    runbook: 'old-settings',
  },
  ReportsNotMade: {
    codes: ['REPORT_NOT_MADE', 'REPORT_LATE'],
    impact:
      'A report has failed three times, or is missing eight hours after its period has ended. Finance lacks it, or has the one of before.',
    runbook: 'reports-not-made',
  },
  UnrecognisedWords: {
    notices: ['partner-word-unrecognised'],
    impact: 'A partner sent a message that we do not understand. The message does not change the order.',
    runbook: 'unrecognised-word',
  },
  AmountDiffers: {
    notices: ['amount-differs'],
    impact: "A provider's figure differs from ours: the books of one order do not agree with the bank's.",
    runbook: 'amount-differs',
  },
  PartnerRefused: {
    notices: ['partner-refused'],
    impact:
      'A partner refused a parcel or a declaration, and a repeat cannot help: the order waits for a person.',
    runbook: 'partner-refused',
  },
};

/**
 * The line that Lambda itself writes for an invocation that ended with an error, a timeout or a crash (AWS Lambda
 * developer guide, "System log level event mapping").
 */
const crashes: CountedLines = {
  name: 'CrashedFunctions',
  pattern: '{ ($.type = "platform.report") && ($.record.status != "success") }',
  atLeast: 3,
  // A job that runs every five minutes fails three times in this time.
  withinMinutes: 15,
  impact:
    'Functions crash or run out of time. Callers get errors, messages come back later, and jobs do not finish.',
  runbook: 'crashed-functions',
};

/** All lines that are counted: those of every stage, and those that jobs name. */
export function countedLines(triggers: readonly TriggerEntry[]): CountedLines[] {
  const own = Object.entries(ownLines).map(([name, { codes = [], notices = [], atLeast = 1, ...texts }]) => ({
    ...texts,
    name,
    atLeast,
    withinMinutes: 5,
    pattern: anyOf([
      ...codes.map((code) => equal('code', code)),
      ...notices.map((code) => equal('notice', code)),
    ]),
  }));
  return [...own, crashes, ...linesOfJobs(triggers)];
}

/** Lines that are counted and raise no alarm. */
export const silentLines = (triggers: readonly TriggerEntry[]): Pick<CountedLines, 'name' | 'pattern'>[] =>
  triggers.flatMap(([id, trigger]) =>
    trigger.kind === 'schedule'
      ? (trigger.counted ?? []).map(({ code, name }) => ({ name, pattern: patternOfJob(id, code) }))
      : [],
  );

/** A job counts lines of its own log only: the line has the job's name beside the code. */
const patternOfJob = (id: TriggerEntry[0], code: string): string =>
  `{ (${equal('service', plainName(id))}) && (${equal('code', code)}) }`;

function linesOfJobs(triggers: readonly TriggerEntry[]): CountedLines[] {
  return triggers.flatMap(([id, trigger]) => {
    const alarms: readonly JobAlarm[] = trigger.kind === 'schedule' ? (trigger.alarms ?? []) : [];
    return alarms.map(({ code, ...alarm }) => ({
      atLeast: 1,
      withinMinutes: 5,
      ...alarm,
      pattern: patternOfJob(id, code),
    }));
  });
}

const equal = (field: string, value: string): string => `$.${field} = "${value}"`;

function anyOf(terms: readonly string[]): string {
  return terms.length === 1 ? `{ ${terms[0]} }` : `{ ${terms.map((term) => `(${term})`).join(' || ')} }`;
}
