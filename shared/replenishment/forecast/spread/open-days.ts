import { type History, MIN_FACTOR } from '../history.ts';

/** How many of the first n days that are forecast are open, for each n from 0. */
export function openDays({ units, factors, horizon }: History): number[] {
  const open = [0];
  for (let j = 0; j < horizon; j += 1)
    open.push((open[j] as number) + ((factors[units.length + j] as number) >= MIN_FACTOR ? 1 : 0));
  return open;
}
