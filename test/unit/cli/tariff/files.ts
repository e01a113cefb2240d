import { readFileSync } from 'node:fs';
import { openSchedule, type Schedule } from '../../../../shared/duties/schedules/schedule-file.ts';

/** A file of a publisher. */
export const text = (name: string, content: string) => ({ name, bytes: new TextEncoder().encode(content) });

/** An edition of the repository. */
export const edition = (name: string): Schedule =>
  openSchedule(readFileSync(`shared/duties/schedules/editions/${name}.schedule`));

/** The lines of a code in an edition. */
export const linesAt = (schedule: Schedule, code: string) =>
  schedule.linesOf(code.slice(0, 2)).filter((line) => line.code === code);
