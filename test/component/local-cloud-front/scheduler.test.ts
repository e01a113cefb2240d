import { describe, expect, it, onTestFinished } from 'vitest';
import type { Resource } from '../../../infra/local/cloud-parts.ts';
import type { Clock } from '../../../infra/local/front/clock.ts';
import { startScheduler } from '../../../infra/local/front/scheduler.ts';
import {
  account,
  failure,
  frontParts,
  functionArn,
  jumpingClock,
  lambda,
  queue,
  queueArn,
  region,
  resource,
} from './front-parts.ts';

const scheduleArn = (name: string): string =>
  `arn:aws:scheduler:${region}:${account}:schedule/default/${name}`;

function schedule(name: string, properties: Record<string, unknown>): Resource {
  const all = {
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: { Arn: functionArn('sweep'), RoleArn: 'arn:aws:iam::1:role/x' },
    ...properties,
  };
  const identity = { ref: name, attributes: { Arn: scheduleArn(name) } };
  return resource('AWS::Scheduler::Schedule', `Schedule${name}`, all, identity);
}

/** A clock that stands still until the test moves it. Sleepers wake in the order of their times. */
function steppedClock(start: string): Clock & { moveTo(time: string): Promise<void> } {
  let nowMs = Date.parse(start);
  let sleepers: { readonly wakeMs: number; readonly wake: () => void }[] = [];
  return {
    now: () => new Date(nowMs),
    sleep: (durationMs, signal) =>
      new Promise((wake) => {
        sleepers.push({ wakeMs: nowMs + durationMs, wake });
        signal?.addEventListener('abort', () => wake());
      }),
    moveTo: async (time) => {
      for (;;) {
        const next = sleepers.toSorted((left, right) => left.wakeMs - right.wakeMs)[0];
        if (next === undefined || next.wakeMs > Date.parse(time)) break;
        nowMs = next.wakeMs;
        sleepers = sleepers.filter((sleeper) => sleeper !== next);
        next.wake();
        await new Promise((resolve) => setImmediate(resolve));
      }
      nowMs = Date.parse(time);
    },
  };
}

function start(resources: readonly Resource[], at = '2026-03-01T10:00:30Z') {
  const parts = frontParts([lambda('sweep'), queue('work'), ...resources]);
  const clock = steppedClock(at);
  const scheduler = startScheduler(parts, clock);
  onTestFinished(() => scheduler.stop());
  return { parts, clock, scheduler };
}

describe('startScheduler', () => {
  it('runs a schedule at each of its times', async () => {
    const { parts, clock } = start([
      schedule('daily', {
        ScheduleExpression: 'rate(1 day)',
        StartDate: '2026-03-01T11:00:00Z',
        Target: { Arn: functionArn('sweep'), Input: '{"at":"<aws.scheduler.scheduled-time>"}' },
      }),
    ]);
    await clock.moveTo('2026-03-03T10:59:59Z');
    expect(parts.invoked.map(({ event }) => event)).toEqual([
      { at: '2026-03-01T11:00:00Z' },
      { at: '2026-03-02T11:00:00Z' },
    ]);
    expect(parts.metered).toEqual({ 'scheduler.invocations': 2 });
  });

  it('sends the event of the service if there is no input', async () => {
    const { parts, clock } = start([
      schedule('rated', {
        ScheduleExpression: 'rate(1 minute)',
        Target: { Arn: queueArn('work') },
      }),
    ]);
    await clock.moveTo('2026-03-01T10:01:40Z');
    expect(parts.sent.map(({ body }) => JSON.parse(body))).toEqual([
      {
        version: '0',
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        'detail-type': 'Scheduled Event',
        source: 'aws.scheduler',
        account,
        time: '2026-03-01T10:01:30Z',
        region,
        resources: [scheduleArn('rated')],
        detail: '{}',
      },
    ]);
  });

  it('runs only between start and end, and not while disabled', async () => {
    const { parts, clock } = start([
      schedule('window', {
        ScheduleExpression: 'rate(1 hour)',
        StartDate: '2026-03-01T12:00:00Z',
        EndDate: '2026-03-01T13:30:00Z',
        Target: { Arn: functionArn('sweep'), Input: '"<aws.scheduler.scheduled-time>"' },
      }),
      schedule('off', { ScheduleExpression: 'rate(1 minute)', State: 'DISABLED' }),
    ]);
    await clock.moveTo('2026-03-02T10:00:00Z');
    expect(parts.invoked.map(({ event }) => event)).toEqual(['2026-03-01T12:00:00Z', '2026-03-01T13:00:00Z']);
  });

  it('runs a schedule at once by name or logical id, and lists the next times', async () => {
    const { parts, scheduler } = start([
      schedule('daily', { ScheduleExpression: 'rate(1 day)' }),
      schedule('off', { ScheduleExpression: 'rate(1 minute)', State: 'DISABLED' }),
      schedule('often', { ScheduleExpression: 'rate(5 minutes)' }),
      schedule('weekly', { ScheduleExpression: 'rate(7 days)' }),
    ]);
    await scheduler.runNow('off');
    await scheduler.runNow('Scheduledaily');
    expect(parts.invoked).toHaveLength(2);
    await expect(scheduler.runNow('nobody')).rejects.toThrow(/nobody/);
    expect(scheduler.plan()).toEqual([
      { name: 'often', next: new Date('2026-03-01T10:05:30Z') },
      { name: 'daily', next: new Date('2026-03-02T10:00:30Z') },
      { name: 'weekly', next: new Date('2026-03-08T10:00:30Z') },
      { name: 'off' },
    ]);
  });

  it('stops together with the machine’s clock', async () => {
    const parts = frontParts([lambda('sweep'), schedule('rated', { ScheduleExpression: 'rate(99 days)' })]);
    const scheduler = startScheduler(parts);
    await scheduler.stop();
    expect(parts.invoked).toEqual([]);
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    [
      'a cron expression',
      { ScheduleExpression: 'cron(0 12 * * ? *)' },
      /Schedulebad.*does not run cron\(0 12 \* \* \? \*\)/,
    ],
    [
      'a single time',
      { ScheduleExpression: 'at(2026-03-01T11:00:00)' },
      /Schedulebad.*does not run at\(2026-03-01T11:00:00\)/,
    ],
    ['a rate of nothing', { ScheduleExpression: 'rate(0 minutes)' }, /Schedulebad.*not a rate/],
    ['a rate in seconds', { ScheduleExpression: 'rate(5 seconds)' }, /Schedulebad.*not a rate/],
    ['an expression', { ScheduleExpression: 'every day' }, /Schedulebad.*not a rate/],
    [
      'a time zone',
      { ScheduleExpression: 'rate(1 day)', ScheduleExpressionTimezone: 'X/Y' },
      /Schedulebad.*IANA time zone/s,
    ],
    [
      'a target',
      { ScheduleExpression: 'rate(1 day)', Target: { Arn: 'arn:aws:scheduler:::aws-sdk:sqs:sendMessage' } },
      /Schedulebad.*aws-sdk/,
    ],
  ])('refuses %s that is not supported', (_name, properties, message) => {
    expect(() => start([schedule('bad', properties)])).toThrow(message);
  });
});

describe('a start that fails', () => {
  const once = (target: Record<string, unknown>) =>
    schedule('once', { ScheduleExpression: 'rate(1 day)', State: 'DISABLED', Target: target });

  async function run(resources: readonly Resource[], options: Parameters<typeof frontParts>[1]) {
    const parts = frontParts([lambda('sweep'), queue('work'), queue('dead'), ...resources], options);
    const clock = jumpingClock('2026-03-01T10:00:00Z');
    await startScheduler(parts, clock).runNow('once');
    return { parts, clock };
  }

  it('is repeated until the queue takes it', async () => {
    let failures = 2;
    const { parts, clock } = await run([once({ Arn: queueArn('work') })], {
      sendToQueue: async () => {
        failures -= 1;
        if (failures >= 0) throw new Error('not now');
      },
    });
    expect(parts.sent).toHaveLength(1);
    expect(clock.slept).toEqual([1000, 2000]);
  });

  it('ends in the dead-letter queue when the retry policy ends', async () => {
    const target = {
      Arn: queueArn('work'),
      DeadLetterConfig: { Arn: queueArn('dead') },
      RetryPolicy: { MaximumRetryAttempts: 1 },
    };
    const { parts, clock } = await run([once(target)], {
      sendToQueue: async (arn) => {
        if (arn === queueArn('work')) throw new Error('not now');
      },
    });
    expect(clock.slept).toEqual([1000]);
    expect(parts.sent.map((sent) => sent.queueArn)).toEqual([queueArn('dead')]);
    expect(parts.logged.at(-1)).toMatch(/could not be reached: not now; the event is parked/);
  });

  it('is repeated twice for a function, and then goes to the function’s own dead-letter queue', async () => {
    const failing = lambda('failing', { DeadLetterConfig: { TargetArn: queueArn('dead') } });
    const target = { Arn: functionArn('failing'), DeadLetterConfig: { Arn: queueArn('work') } };
    const { parts, clock } = await run([failing, once(target)], { answer: () => failure('TypeError') });
    expect(parts.invoked).toHaveLength(3);
    expect(clock.slept).toEqual([60_000, 120_000]);
    expect(parts.sent.map((sent) => sent.queueArn)).toEqual([queueArn('dead')]);
  });
});

describe('a function with settings for asynchronous starts', () => {
  const configured = (properties: Record<string, unknown> = {}) =>
    resource('AWS::Lambda::EventInvokeConfig', 'Starts', {
      FunctionName: 'sweep',
      Qualifier: '$LATEST',
      MaximumRetryAttempts: 0,
      MaximumEventAgeInSeconds: 60,
      DestinationConfig: { OnFailure: { Destination: queueArn('work') } },
      ...properties,
    });

  it('runs a failed start no second time, and sends it to the failure destination with its reason', async () => {
    const parts = frontParts([lambda('sweep'), queue('work'), configured(), rated], {
      answer: () => failure('TypeError'),
    });
    const clock = jumpingClock('2026-03-01T10:00:00Z');
    await runOnce(parts, clock);
    expect(parts.invoked).toHaveLength(1);
    expect(clock.slept).toEqual([]);
    expect(parts.sent.map(({ queueArn: arn }) => arn)).toEqual([queueArn('work')]);
    expect(JSON.parse(parts.sent[0]?.body ?? '')).toMatchObject({
      requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 1 },
      requestPayload: { source: 'aws.scheduler' },
      responsePayload: { errorType: 'TypeError' },
    });
  });

  it('gives a start up that was throttled for longer than its age', async () => {
    const parts = frontParts([lambda('sweep'), queue('work'), configured(), rated], {
      answer: () => failure('TooManyRequestsException'),
    });
    const clock = jumpingClock('2026-03-01T10:00:00Z');
    await runOnce(parts, clock);
    // 1 + 2 + 4 + 8 + 16 = 31 seconds; another 32 would be more than 60.
    expect(clock.slept).toEqual([1_000, 2_000, 4_000, 8_000, 16_000]);
    expect(JSON.parse(parts.sent[0]?.body ?? '')).toMatchObject({
      requestContext: { condition: 'EventAgeExceeded' },
    });
  });

  it('is refused at the start if the function does not exist', () => {
    const parts = frontParts([lambda('sweep'), queue('work'), configured({ FunctionName: 'gone' }), rated]);
    expect(() => startScheduler(parts)).toThrow('Starts: there is no function gone');
  });

  // The schedule is disabled, so that only the requested run takes place.
  const rated = schedule('rated', { ScheduleExpression: 'rate(1 minute)', State: 'DISABLED' });

  async function runOnce(parts: ReturnType<typeof frontParts>, clock: Clock): Promise<void> {
    await startScheduler(parts, clock).runNow('rated');
  }
});
