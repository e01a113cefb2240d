import type { Notice } from '../kernel/report.ts';

/**
 * Every log line, by code: a search for the code finds all of them, and a line can only hold what its entry names. Ids
 * and codes only; no body, no header, no address.
 */
export const logMessages = {
  STARTED: 'started',
  COMPLETED: 'completed',
  REFUSED: 'request refused',
  BUSY: 'request answered with 503: the table was too busy',
  FAILED: 'failed',
  MESSAGE_FAILED: 'message failed, will be delivered again',
  MESSAGE_LATE: 'message waited for more than five minutes before its first delivery',
  MESSAGE_DROPPED: 'message dropped: nobody knows its order',
  RETRY_WAIT_REFUSED: 'failed message not postponed, comes back when its visibility timeout is over',
  RETRY_WAIT_NOT_SET: 'failed messages not postponed, come back when their visibility timeout is over',
  CALLBACK_REFUSED: 'callback refused',
  CALLBACK_NOT_VERIFIED: 'callback not verified now',
  CALLBACK_IGNORED: 'callback says nothing to us, whatever the order is at',
  CALLBACK_KNOWN: 'callback came before',
  CALLBACK_NOT_QUEUED: 'callback not stored by its queue, the partner was asked to repeat it',
  RUN_SKIPPED: 'another run of this job is at work',
  JOB_WAS_SILENT: 'no run of this job was completed for three periods',
  NOTICE: 'a person should hear of this',
  OVERDUE: 'order overdue',
  RATES_NOT_FETCHED: 'published exchange rates not fetched, the next run tries again',
  RATES_EXPIRE_SOON: 'exchange rates are missing or expire soon',
  DEMAND_NOT_NOTED: 'how many want a unit of stock was not noted',
  WORK_NOT_COUNTED: 'what an order gives warehouses to do was not counted',
  SECRET_UNREAD: 'secret not read, the settings bound before are used',
  SETTINGS_REFUSED: 'new settings refused, the settings bound before are used',
  RELAY_FAILED: 'facts not taken by a queue, the bus or the lake, will be relayed again',
  NOT_RELAYED: 'item can not be relayed, its key was handed over',
  NOT_HANDED_OVER: 'key of an item that can not be relayed was not handed over',
  NOT_ERASED: 'personal data of an order not erased, a later run tries again',
  REFUSAL_NOT_KEPT: 'why a basket got no quote was not kept for the lake',
  VISITS_NOT_KEPT: 'report of a visit not taken by the delivery stream of the lake',
  LAKE_TABLES_PROGRESS: 'a part of the facts is in the tables of the lake',
  LAKE_TABLES_BEHIND: 'not all facts are in the tables of the lake, the next run goes on',
  LAKE_UNREAD: 'objects or lines of the lake can not be read, and are named in its tables/v1/compacted.json',
  REPORT_MADE: 'report made',
  REPORT_NOT_MADE: 'report not made, three tries or more have failed',
  REPORT_LATE: 'report is missing hours after its period has ended',
  REPORT_IMPOSSIBLE: 'report is asked for and can not be made',
  RUN_STEP: 'step of a run of replenishment ended',
  RUN_LATE: 'run of replenishment is not finished hours after its start',
  ORDER_NOT_SENT: 'purchase order not taken by its supplier, a later run sends it again',
  UNRELAYED_GONE: 'item to publish again is not there any more',
} as const;

export type LogCode = keyof typeof logMessages;

/** The levels of Lambda's own log filter, which reads them from the field `level`. */
const levels = { TRACE: 0, DEBUG: 1, INFO: 2, WARN: 3, ERROR: 4, FATAL: 5 } as const;

type Level = 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';

/** Lambda sets the variable to the level of the function's log. */
function isLogged(level: Level): boolean {
  const least = process.env.AWS_LAMBDA_LOG_LEVEL ?? 'INFO';
  return levels[level] >= (Object.hasOwn(levels, least) ? levels[least as keyof typeof levels] : levels.INFO);
}

/**
 * Writes one line of JSON past `console`, which Lambda replaces: a line of `console` would be put into the field
 * `message` of a line of Lambda's, and no metric filter would match.
 */
function write(level: Level, message: string, fields: Readonly<Record<string, unknown>>): void {
  if (!isLogged(level)) return;
  const trace = /^Root=([^;]+)/.exec(process.env._X_AMZN_TRACE_ID ?? '')?.[1];
  const line = JSON.stringify({
    level,
    message,
    timestamp: new Date().toISOString(),
    service: process.env.SERVICE_NAME,
    xray_trace_id: trace,
    ...fields,
  });
  const stream = level === 'WARN' || level === 'ERROR' ? process.stderr : process.stdout;
  stream.write(`${line}\n`);
}

type Detail = Readonly<Record<string, string | number | boolean | undefined>>;

export const log = {
  debug: (code: LogCode, detail: Detail = {}) => write('DEBUG', logMessages[code], { ...detail, code }),
  info: (code: LogCode, detail: Detail = {}) => write('INFO', logMessages[code], { ...detail, code }),
  warn: (code: LogCode, detail: Detail = {}) => write('WARN', logMessages[code], { ...detail, code }),
  /** With the error's name, message and stack; our own errors contain no personal data. */
  error: (code: LogCode, error: unknown, detail: Detail = {}) =>
    write('ERROR', logMessages[code], {
      ...detail,
      code,
      error:
        error instanceof Error
          ? { name: error.name, message: error.message, stack: error.stack }
          : String(error),
    }),
};

/**
 * Turns a notice into the log line that its alarm counts. A partner's `code` stays under `detail`: it would replace the
 * line's own code, and the alarm would not count the line.
 */
export function report({ code: notice, detail }: Notice): void {
  write('WARN', logMessages.NOTICE, { code: 'NOTICE', notice, detail });
}
