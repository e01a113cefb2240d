import { askForRun } from '../../../shared/replenishment/run/ask-for-run.ts';
import { Killed, type RunOnEngine } from './run-on-engine.ts';

const MAX_KILLS = 25;

/**
 * A run whose steps die at about one in eight calls, before or after it, until they were killed often enough; resumed
 * by the hourly job. Gives the state in which it ends, and how often it was killed.
 */
export async function killedRun(
  day: string,
  start: (isKilled: () => boolean) => RunOnEngine,
): Promise<{ readonly kills: number; readonly state: string | undefined; readonly run: RunOnEngine }> {
  let [kills, seed, isOver] = [0, 7, false];
  const run = start(() => {
    if (isOver) return false;
    seed = (seed * 48_271) % 2_147_483_647;
    const dies = kills < MAX_KILLS && seed % 8 === 0;
    if (dies) kills += 1;
    return dies;
  });
  const unlessKilled = (step: Promise<unknown>) =>
    step.catch((error: unknown) => {
      if (!(error instanceof Killed)) throw error;
      return undefined;
    });
  const state = async (): Promise<string | undefined> => {
    const before = isOver;
    isOver = true;
    const found = (await run.deps.runs.load(day))?.state;
    isOver = before;
    return found;
  };
  for (let asked = 0; asked < 50 && (await state()) === undefined; asked += 1)
    await unlessKilled(askForRun(run.deps, 'operator'));
  for (let hour = 7; hour < 20 && (await state()) !== 'done'; hour += 1) {
    while (run.waiting.length > 0) await run.next();
    run.setNow(`${day}T${String(hour).padStart(2, '0')}:00:00.000Z`);
    await unlessKilled(run.hourly());
  }
  while (run.waiting.length > 0) await run.next();
  isOver = true;
  return { kills, state: await state(), run };
}
