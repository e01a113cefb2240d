import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { triggerList } from '../../events/triggers.ts';
import { lakeFaults } from './alarm-faults-of-lake.ts';
import { messageFaults } from './alarm-faults-of-messages.ts';
import { partnerFaults } from './alarm-faults-of-partners.ts';
import { reportFaults } from './alarm-faults-of-reports.ts';
import { runFaults } from './alarm-faults-of-runs.ts';
import { tableFaults } from './alarm-faults-of-table.ts';
import { type AlarmFault, plainName } from './alarmed-backend.ts';

const REQUESTS = 1_000;
const AT_ONCE = 50;
const JOB = 'operations/every-minute-sweep-due-work';
const RATES_JOB = 'setup/every-hour-fetch-rates';
/** An alarm of a silent job waits for three periods of its job. No job's period is longer than an hour. */
const SILENCE_MS = 3 * 3_600_000;

/** Faults that cost time or move the clock of the alarms, so they come last, in this order. */
const lateFaults: readonly AlarmFault[] = [
  {
    alarm: 'RefusedRequests',
    what: 'somebody floods the API with a false key',
    make: async ({ running: { backend } }) => {
      const request = { headers: { 'x-entrepot-key': 'false' } };
      for (let sent = 0; sent < REQUESTS; sent += AT_ONCE)
        await Promise.all(
          Array.from({ length: AT_ONCE }, async () =>
            (await fetch(`${backend.url}/v1/payment-methods`, request)).body?.cancel(),
          ),
        );
    },
  },
  {
    alarm: 'RatesExpireSoon',
    what: 'no publisher answers, and customs rates of this month are missing',
    logs: ['RATES_NOT_FETCHED', 'RATES_EXPIRE_SOON'],
    make: ({ running: { backend } }) => backend.cloud.runSchedule(`entrepot-local-${plainName(RATES_JOB)}`),
  },
  {
    alarm: 'ParkedUndelivered',
    what: 'a job fails and its start is parked',
    make: async ({ running: { backend }, faultRates }) => {
      faultRates.throttle = 1;
      await backend.cloud.runSchedule(`entrepot-local-${plainName(JOB)}`);
      delete faultRates.throttle;
    },
  },
  {
    alarm: 'LakeDeliveryBehind',
    what: 'records have waited for the bucket for two hours',
    make: async ({ running: { backend }, dataDir }) => {
      const [stream] = backend.cloud.resources.filter(
        ({ type }) => type === 'AWS::KinesisFirehose::DeliveryStream',
      );
      const arrival = new Date(Date.now() - 7_200_000).toISOString();
      writeFileSync(join(dataDir, 'delivery-streams', stream?.ref ?? '', `${arrival}_${randomUUID()}`), '\n');
      await backend.cloud.flush();
    },
  },
  ...triggerList
    .filter(([, { kind }]) => kind === 'stream')
    .map(
      ([id, trigger]): AlarmFault => ({
        alarm: `${plainName(id)}Behind`,
        what: 'the function is behind the table for three minutes',
        make: async (at) => {
          for (const _minute of [0, 1, 2]) {
            at.aheadMs += 60_000;
            // The lake may be an hour behind.
            const ageSeconds = trigger.kind === 'stream' && trigger.watches === 'lake' ? 7_200 : 90;
            const ApproximateCreationDateTime = Date.now() / 1_000 - ageSeconds;
            const Records = [{ eventName: 'REMOVE', dynamodb: { ApproximateCreationDateTime, Keys: {} } }];
            await at.invoke(id, { Records });
          }
        },
      }),
    ),
  ...triggerList
    .filter(([, { kind }]) => kind === 'schedule')
    .map(
      ([id]): AlarmFault => ({
        alarm: `${plainName(id)} Silent`,
        what: 'the job does not start',
        make: async (at) => {
          at.aheadMs += SILENCE_MS;
        },
      }),
    ),
];

/** At least one fault for each alarm, in the order in which they are made. */
export const alarmFaults: readonly AlarmFault[] = [
  ...messageFaults,
  ...partnerFaults,
  ...tableFaults,
  ...reportFaults,
  ...runFaults,
  ...lakeFaults,
  ...lateFaults,
];
