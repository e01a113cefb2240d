import type { Command } from 'commander';
import { urlOption } from '../client/operator-options.ts';
import { exitWith } from '../command-line/exit-with.ts';
import { say } from '../terminal/say.ts';

export interface JobsOptions {
  readonly url: string;
  /** The job to run; undefined lists all jobs. */
  readonly job: string | undefined;
}

const runOrList = async ({ url, job }: JobsOptions) => {
  const { listJobs, runJob } = await import('./run-job.ts');
  if (job === undefined) await listJobs(url, say);
  else exitWith(await runJob(url, job, say));
};

/** `entrepot jobs`. `act` does the work. */
export function addJobs(program: Command, act: (options: JobsOptions) => Promise<void> = runOrList): void {
  const jobs = program
    .command('jobs')
    .summary('scheduled jobs of a running local backend')
    .description('Scheduled jobs of a running local backend.');
  jobs
    .command('list')
    .summary('list the jobs')
    .description('Lists the scheduled jobs of a running local backend.')
    .addOption(urlOption())
    .action(({ url }: { readonly url: string }) => act({ url, job: undefined }));
  jobs
    .command('run')
    .summary('run a job now')
    .description(
      'Runs a scheduled job of a running local backend now, and prints its outcome. On one machine, fetch-rates runs ' +
        'only in this way: the sample rates stay until then.',
    )
    .argument('<job>', 'the name of the job, or its end: fetch-rates, sweep-due-work, rebalance-stock')
    .addOption(urlOption())
    .action((job: string, { url }: { readonly url: string }) => act({ url, job }));
}
