import { z } from 'zod';
import { jobsHeader, jobsPath } from '../../local/front/local-jobs.ts';

const listSchema = z.object({
  jobs: z.array(z.object({ name: z.string(), startsByItself: z.boolean() })),
});
const runSchema = z.object({
  job: z.string().optional(),
  outcome: z.record(z.string(), z.unknown()).optional(),
  message: z.string().optional(),
  jobs: z.array(z.string()).optional(),
});

/** Prints the scheduled jobs of a running local backend. Throws an Error whose message can be shown to the user. */
export async function listJobs(url: string, say: (line: string) => void): Promise<void> {
  const response = await localBackend(url, jobsPath, {});
  for (const { name, startsByItself } of listSchema.parse(await response.json()).jobs)
    say(startsByItself ? name : `${name} (does not start by itself here)`);
}

/**
 * Runs a job of a running local backend now and prints its outcome. Returns whether it ended without an error. Throws
 * an Error whose message can be shown to the user.
 */
export async function runJob(url: string, name: string, say: (line: string) => void): Promise<boolean> {
  const response = await localBackend(url, `${jobsPath}/${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { [jobsHeader]: 'run' },
  });
  const { job = name, outcome = {}, message, jobs } = runSchema.parse(await response.json());
  if (!response.ok) {
    say(`${job}: ${message}`);
    if (jobs !== undefined) say(`the jobs are: ${jobs.join(', ')}`);
    return false;
  }
  const figures = Object.entries(outcome).map(([what, value]) => `${what} ${String(value)}`);
  say(`${job}: ${figures.length === 0 ? 'done' : figures.join(', ')}`);
  return true;
}

async function localBackend(url: string, path: string, init: RequestInit): Promise<Response> {
  const response = await fetch(`${url}${path}`, init).catch(() => undefined);
  const isLocal = response?.headers.get('content-type') === 'application/json';
  if (response === undefined || !isLocal)
    throw new Error(`no local backend answers at ${url}: jobs on AWS are started in EventBridge Scheduler`);
  return response;
}
