import { describe, expect, it } from 'vitest';
import { addJobs, type JobsOptions } from '../../../infra/cli/jobs/jobs-command.ts';
import { listJobs, runJob } from '../../../infra/cli/jobs/run-job.ts';
import type { InvokeResult, Resource } from '../../../infra/local/cloud-parts.ts';
import { listen } from '../../../infra/local/front/http-listener.ts';
import { createJobsMount, jobsPath } from '../../../infra/local/front/local-jobs.ts';
import { parseLine } from './parse-line.ts';

const FUNCTION = 'arn:aws:lambda:eu-central-1:000000000000:function:';
const schedule = (name: string, State: string): Resource =>
  ({
    ...{ logicalId: name, type: 'AWS::Scheduler::Schedule', ref: name, attributes: {}, stack: 'Journey' },
    properties: {
      ...{ Name: name, State, ScheduleExpression: 'rate(1 hour)', FlexibleTimeWindow: { Mode: 'OFF' } },
      Target: { Arn: FUNCTION + name },
    },
  }) as unknown as Resource;
const lambda = (name: string): Resource =>
  ({
    ...{ logicalId: `${name}Function`, type: 'AWS::Lambda::Function', ref: name, stack: 'Journey' },
    ...{ attributes: { Arn: FUNCTION + name }, properties: { FunctionName: name } },
  }) as unknown as Resource;

async function backend(result: Partial<InvokeResult> = {}) {
  const invoked: string[] = [];
  const names = ['entrepot-local-SetupEveryHourFetchRates', 'entrepot-local-OperationsEveryMinuteSweep'];
  const mount = createJobsMount({
    resources: names.flatMap((name, index) => [
      schedule(name, index === 0 ? 'DISABLED' : 'ENABLED'),
      lambda(name),
    ]),
    invoke: async (arn) => {
      invoked.push(arn);
      return { payload: { ecb: 'stored', hmrc: 'not-due' }, durationMs: 1, ...result };
    },
  });
  const server = await listen(
    (request, response) => mount.handle(request, response),
    0,
    () => undefined,
  );
  return { ...server, invoked };
}

describe('a job of a local backend', () => {
  it('runs on demand, also if the clock does not start it, and its outcome is printed', async () => {
    const { url, stop, invoked } = await backend();
    const said: string[] = [];
    expect(await runJob(url, 'fetch-rates', (line) => said.push(line))).toBe(true);
    await listJobs(url, (line) => said.push(line));
    expect(invoked).toEqual([`${FUNCTION}entrepot-local-SetupEveryHourFetchRates`]);
    expect(said).toEqual([
      'entrepot-local-SetupEveryHourFetchRates: ecb stored, hmrc not-due',
      'entrepot-local-SetupEveryHourFetchRates (does not start by itself here)',
      'entrepot-local-OperationsEveryMinuteSweep',
    ]);
    await stop();
  });

  it('that fails or does not exist is an error with a reason', async () => {
    const { url, stop } = await backend({ error: { errorType: 'Error', errorMessage: 'no table' } });
    const said: string[] = [];
    expect(await runJob(url, 'sweep', (line) => said.push(line))).toBe(false);
    expect(await runJob(url, 'nothing', (line) => said.push(line))).toBe(false);
    expect(said).toEqual([
      'entrepot-local-OperationsEveryMinuteSweep: no table',
      'nothing: there is no such job',
      'the jobs are: entrepot-local-SetupEveryHourFetchRates, entrepot-local-OperationsEveryMinuteSweep',
    ]);
    await stop();
    await expect(runJob(url, 'sweep', () => undefined)).rejects.toThrow('no local backend answers');
  });

  it('is not started by a page of another site, which can send no header of ours', async () => {
    const { url, stop, invoked } = await backend();
    expect((await fetch(`${url}${jobsPath}/sweep`, { method: 'POST' })).status).toBe(405);
    expect(invoked).toEqual([]);
    await stop();
  });
});

describe('the command line of jobs', () => {
  const read = (...args: readonly string[]) =>
    parseLine<JobsOptions>(['jobs', ...args], (program, give) =>
      addJobs(program, async (options) => give(options)),
    );

  it('is read', () => {
    expect(read('run', 'fetch-rates')).toEqual({ url: 'http://127.0.0.1:3000', job: 'fetch-rates' });
    expect(read('list', '--url', 'http://127.0.0.1:4000')).toMatchObject({ job: undefined });
  });
});
