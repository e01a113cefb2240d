import { describe, expect, test } from 'vitest';
import { triggerList } from '../../../events/triggers.ts';
import { countedLines } from '../../../infra/constructs/counted-lines.ts';
import { compileLogPattern } from '../../../infra/local/watching/log-pattern.ts';
import type { Notice } from '../../../shared/kernel/report.ts';
import { type LogCode, log, report } from '../../../shared/runtime/log.ts';
import { gatherLog } from './log-lines.ts';

const logged = gatherLog();
const counters = countedLines(triggerList).map(({ name, pattern }) => ({
  name,
  matches: compileLogPattern(pattern),
}));

/** The metrics that the last line changes. */
function moved(changed: Readonly<Record<string, unknown>> = {}): string[] {
  const line = { ...logged().at(-1), ...changed };
  return counters.flatMap(({ name, matches }) => (matches(line) ? [name] : []));
}

describe('a line of the log as a function writes it', () => {
  test.each([
    ['MESSAGE_FAILED', 'FailingMessages'],
    ['MESSAGE_LATE', 'FailingMessages'],
    ['MESSAGE_DROPPED', 'UnknownOrders'],
    ['CALLBACK_REFUSED', 'RefusedCallbacks'],
    ['SECRET_UNREAD', 'OldSettings'],
    ['SETTINGS_REFUSED', 'OldSettings'],
    ['NOT_RELAYED', 'IncompleteOrders'],
    ['NOT_HANDED_OVER', 'IncompleteOrders'],
    ['UNRELAYED_GONE', 'IncompleteOrders'],
    ['DEMAND_NOT_NOTED', 'IncompleteOrders'],
    ['WORK_NOT_COUNTED', 'IncompleteOrders'],
  ] satisfies [LogCode, string][])('with the code %s moves the metric %s', (code, metric) => {
    log.error(code, new Error('it failed'), { partner: 'stripe' });
    expect(moved()).toEqual([metric]);
    log.warn(code);
    expect(moved()).toEqual([metric]);
  });

  test.each([
    ['partner-word-unrecognised', 'UnrecognisedWords'],
    ['callback-without-order', 'UnknownOrders'],
    ['amount-differs', 'AmountDiffers'],
    ['partner-refused', 'PartnerRefused'],
  ] satisfies [Notice['code'], string][])('with the notice %s moves the metric %s', (code, metric) => {
    report({ code, detail: { code: 'MESSAGE_FAILED' } });
    expect(moved()).toEqual([metric]);
  });

  test('of an overdue order changes the metric if the sweep wrote it', () => {
    log.warn('OVERDUE', { orderId: 'ord_1', step: 'payment' });
    expect(moved({ service: 'OperationsEveryMinuteSweepDueWork' })).toEqual(['OverdueOrders']);
    expect(moved({ service: 'OrderPostOrder' })).toEqual([]);
  });

  test('of ordinary work changes no metric', () => {
    log.info('COMPLETED', { route: 'quote/post', status: 201 });
    expect(moved()).toEqual([]);
  });
});

describe("Lambda's own line for an invocation", () => {
  const line = (status: string) => ({ type: 'platform.report', record: { status }, code: undefined });

  test.each(['error', 'timeout', 'failure'])('with the status %s moves the metric of crashes', (status) => {
    log.info('COMPLETED');
    expect(moved(line(status))).toEqual(['CrashedFunctions']);
  });

  test('changes no metric if the invocation succeeded', () => {
    log.info('COMPLETED');
    expect(moved(line('success'))).toEqual([]);
  });
});
