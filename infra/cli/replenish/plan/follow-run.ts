import { setTimeout as wait } from 'node:timers/promises';
import type { RunView } from '../../../../shared/replenishment/run/run-view.ts';
import type { ApiClient } from '../../client/api-client.ts';
import type { Progress, Step } from '../../terminal/progress.ts';

/** Between two questions. */
const PAUSE_MS = 500;

export interface Following {
  readonly client: ApiClient;
  readonly progress: Progress;
  /** Waits between two questions. */
  readonly pause?: () => Promise<unknown>;
}

/** Whether nothing more comes of a run. */
const isOver = ({ state }: Pick<RunView, 'state'>): boolean => state === 'done' || state === 'given-up';

/** The run of a day as it is now. Throws ApiProblem with 404 if the day has none. */
export const loadRun = (client: ApiClient, day: string): Promise<RunView> =>
  client.call<RunView>({ method: 'GET', path: `/v1/admin/replenishment/runs/${day}` });

/** What a run does in the states between which nothing is counted. */
const saidTexts: Readonly<Record<Exclude<RunView['state'], 'planning'>, string>> = {
  asked: 'reading the sales of the lake',
  limiting: 'applying budget and capacities',
  placing: 'placing orders',
  ...{ done: 'done', 'given-up': 'given up' },
};

/**
 * Asks for the run until it is over, and shows its progress: the sales are read, files of products are planned, orders
 * are placed. Ctrl-C ends the command and not the run.
 */
export async function followRun(
  run: RunView,
  { client, progress, pause = () => wait(PAUSE_MS) }: Following,
): Promise<RunView> {
  let now = run;
  let said: RunView['state'] | undefined;
  let planning: Step | undefined;
  while (!isOver(now)) {
    const { state, batches } = now;
    if (state === 'planning' && batches.all !== undefined) {
      planning ??= progress.start('planning', batches.all, 'files of products');
      planning.reach(batches.done);
    }
    if (state !== 'planning' && state !== said) {
      planning?.end();
      planning = undefined;
      progress.say(saidTexts[state]);
    }
    said = state;
    await pause();
    now = await loadRun(client, now.day);
  }
  planning?.reach(now.batches.all ?? now.batches.done);
  planning?.end();
  return now;
}
