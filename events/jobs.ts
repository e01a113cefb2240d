import type { ScheduleTrigger } from './trigger.ts';

type Rate = '1 minute' | '1 hour' | '1 day' | `${number} ${'minutes' | 'hours' | 'days'}`;

/** The rates that EventBridge Scheduler accepts: a whole number and a unit, which is singular after 1. */
const RATE = /^(1 (minute|hour|day)|([2-9]|[1-9]\d+) (minutes|hours|days))$/;

/** The rate of a whole number of minutes. */
export const minutesRate = (minutes: number): Rate => (minutes === 1 ? '1 minute' : `${minutes} minutes`);

const UNIT_SECONDS: Readonly<Record<string, number>> = { minute: 60, hour: 3_600, day: 86_400 };

/**
 * THE REGISTRY of scheduled jobs: one entry to add is here, the code of the job is `functions/<id>.ts`. Its schedule,
 * role, queue of failed runs, alarms, dashboard and row of `docs/functions.md` come from the entry.
 */
// biome-ignore format: one entry a job, read like a table
export const jobs = {
  'operations/every-minute-sweep-due-work': every('1 minute', {
    does: 'finds orders whose next step is late, repeats the step, and reports orders that stay late; removes expired slot holds; erases ended orders that somebody asked to erase',
    impact: 'Late orders are not repeated and not reported.',
    table: ['get', 'query', 'query-due', 'query-lists', 'put', 'update'], sends: ['work'], timeoutSeconds: 50,
    alarms: [{
      code: 'OVERDUE', name: 'OverdueOrders', runbook: 'overdue-orders',
      impact: 'Orders are late although their step was repeated: shoppers wait.',
    }],
  }),
  'operations/every-day-close-books': every('1 day', {
    does: 'reconciles the payouts of the payment providers with the ledger; counts what AWS bills for each hour of the last days, by the metrics of the stage, and puts it into the delivery stream of the lake',
    impact: 'Nobody hears that a payment provider paid out another amount than the ledger has, and its fees are not booked. The report of the bill lacks the hours since the last run.',
    table: ['get', 'query', 'query-lists', 'put', 'update'], secrets: ['partners-payment'],
    captures: true, counts: true, minutesOf: 'usageMinutes', memoryMb: 512, timeoutSeconds: 600,
  }),
  'privacy/every-hour-erase-expired': every('1 hour', {
    does: 'erases the personal data of orders that ended longer ago than the seller keeps it',
    impact: 'Personal data stays longer than the seller promised.',
    table: ['get', 'query', 'query-lists', 'put', 'update'], timeoutSeconds: 300,
  }),
  'replenishment/every-15-minutes-send-orders': every('15 minutes', {
    does: 'sends approved purchase orders to their suppliers, again with the same id until each is taken; finds orders that are late, and goods that come by a congested port',
    impact: 'Approved purchase orders do not reach their suppliers, and nobody hears that goods are late.',
    table: ['get', 'query', 'query-due', 'query-lists', 'put', 'update'], lake: ['write-purchase-orders'],
    secrets: ['quote-signing'], timeoutSeconds: 120,
  }),
  'replenishment/every-hour-start-run': every('1 hour', {
    does: "starts the run of replenishment of a day once its hour has come in the merchant's time zone, and takes up runs that have stopped",
    impact: 'Nothing is proposed to suppliers: products run out.',
    table: ['get', 'query', 'put', 'update'], sends: ['run-history', 'run-batch', 'run-placing'], memoryMb: 512, timeoutSeconds: 120,
    alarms: [{
      code: 'RUN_LATE', name: 'UnfinishedReplenishment', runbook: 'unfinished-replenishment',
      impact: 'A run of replenishment is not finished four hours after its start. Its orders are not proposed.',
    }],
  }),
  'reports/every-hour-compact-lake': every('1 hour', {
    does: 'makes the tables of the lake from the facts that have arrived',
    impact: 'Reports and questions to the lake lack what happened since the last run.',
    lake: ['read-facts', 'read-tables', 'write-tables'], engine: 'duckdb', minutesOf: 'lakeTablesMinutes',
    memoryMb: 1769, ephemeralMb: 2_048, timeoutSeconds: 600,
  }),
  'reports/every-hour-ask-for-reports': every('1 hour', {
    does: "asks for the reports of each day, week and month that has ended in the merchant's time zone, and for those whose facts have changed since",
    impact: 'Reports of the last days are made only when somebody asks for them, and late facts change none.',
    table: ['get', 'query', 'put'], lake: ['read-tables'], sends: ['reports'], memoryMb: 512, timeoutSeconds: 120,
  }),
  'setup/every-hour-fetch-rates': every('1 hour', {
    does: 'fetches the exchange rates that the European Central Bank and HM Revenue & Customs have published since; warns before any rates in use expire',
    impact: 'Exchange rates expire after days. Then no basket in another currency than its prices gets a quote.',
    table: ['get', 'query', 'put', 'update'], timeoutSeconds: 60, fetchesRates: true,
    alarms: [
      {
        code: 'RATES_EXPIRE_SOON', name: 'RatesExpireSoon', runbook: 'exchange-rates', withinMinutes: 60,
        impact: 'Exchange rates are missing, expire within a day, or within two days if somebody imports them. Then quotes that convert an amount are refused.',
      },
    ],
    counted: [{ code: 'RATES_NOT_FETCHED', name: 'RatesNotFetched' }],
  }),
  'stock/every-5-minutes-rebalance-stock': every('5 minutes', {
    does: 'gives a SKU more buckets while many buyers want it, removes them later, distributes units evenly',
    impact: 'A SKU that many buyers want at the same time sells more slowly.',
    table: ['get', 'query', 'update'], timeoutSeconds: 90,
  }),
} as const satisfies Record<string, ScheduleTrigger>;

/**
 * A job that runs repeatedly, the first time when it is deployed. Throws a RangeError for a rate that would be refused
 * at the deployment, such as `1 minutes`, `0 hours` or `1.5 days`.
 */
export function every(
  rate: Rate,
  job: Omit<ScheduleTrigger, 'kind' | 'expression' | 'timeZone' | 'periodSeconds'>,
): ScheduleTrigger {
  if (!RATE.test(rate))
    throw new RangeError(
      `${rate} is no rate: use 1 minute, hour or day, or a whole number from 2 of minutes, hours or days`,
    );
  const [count, unit = ''] = rate.split(' ');
  const periodSeconds = Number(count) * (UNIT_SECONDS[unit.replace(/s$/, '')] ?? Number.NaN);
  return { ...job, kind: 'schedule', expression: `rate(${rate})`, timeZone: 'UTC', periodSeconds };
}
