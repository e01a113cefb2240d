import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Parts } from '../cloud-parts.ts';
import { systemClock } from './clock.ts';
import type { Mount } from './http-listener.ts';
import { readSchedules, type Schedule } from './schedule.ts';

export const jobsPath = '/_local/jobs';

/**
 * A header that a page of another site can't send, because no answer to its question is given. Without it such a page
 * could start jobs.
 */
export const jobsHeader = 'x-entrepot-local';

/**
 * `GET /_local/jobs` lists the scheduled jobs, `POST /_local/jobs/{name}` runs one now and answers with its outcome. A
 * job may be named by the end of its name: `fetch-rates`.
 */
export function createJobsMount(parts: Pick<Parts, 'resources' | 'invoke'>): Mount {
  const jobs = readSchedules(parts.resources).filter(({ target }) => target.kind === 'function');
  return {
    prefix: jobsPath,
    async handle(request, response) {
      if (request.method === 'GET')
        return answer(response, 200, {
          jobs: jobs.map((job) => ({ name: job.name, startsByItself: job.enabled })),
        });
      if (request.method !== 'POST' || request.headers[jobsHeader] === undefined)
        return answer(response, 405, { message: `POST with the header ${jobsHeader} runs a job` });
      const named = jobsNamed(jobs, nameIn(request));
      const [job] = named;
      if (job === undefined || named.length > 1)
        return answer(response, 404, {
          message: named.length > 1 ? 'several jobs end with this name' : 'there is no such job',
          jobs: jobs.map(({ name }) => name),
        });
      const time = systemClock.now().toISOString();
      const { payload, error } = await parts.invoke(job.target.arn, {
        'detail-type': 'Scheduled Event',
        time,
      });
      return error === undefined
        ? answer(response, 200, { job: job.name, outcome: payload })
        : answer(response, 500, { job: job.name, message: error.errorMessage });
    },
  };
}

const nameIn = ({ url = '' }: IncomingMessage): string =>
  new URL(url, 'http://127.0.0.1').pathname.slice(jobsPath.length + 1);

const jobsNamed = (jobs: readonly Schedule[], name: string): Schedule[] =>
  jobs.filter((job) => name !== '' && plain(job.name).endsWith(plain(name)));

/** A function is called `entrepot-local-SetupEveryHourFetchRates`, and its file `setup/every-hour-fetch-rates`. */
const plain = (name: string): string => name.replaceAll(/[-/]/g, '').toLowerCase();

function answer(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(JSON.stringify(body));
}
