import { isAbsolute, relative, resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { isCalendarDate } from '../../../shared/kernel/time.ts';

/** Reads a whole number from the command line. Commander prints the name of the option before this message. */
export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < min || value > max)
      throw new InvalidArgumentError(`It takes a whole number from ${min} to ${max}.`);
    return value;
  };
}

/** Reads a web address. Slashes at its end are removed. */
export function webAddress(text: string): string {
  if (!/^https?:\/\//.test(text) || !URL.canParse(text))
    throw new InvalidArgumentError('It takes an address such as http://127.0.0.1:3000.');
  return text.replace(/\/+$/, '');
}

/**
 * The path of a file or folder. A relative path starts at the folder in which the user called the command. The
 * launcher changes to the project's folder, and puts the user's folder into `ENTREPOT_FOLDER`.
 */
export function path(text: string): string {
  const folder = process.env.ENTREPOT_FOLDER;
  if (folder === undefined || isAbsolute(text)) return text;
  const full = resolve(folder, text);
  const inside = relative(process.cwd(), full);
  return inside.startsWith('..') ? full : inside || '.';
}

/** A day of the calendar, such as 2026-11-29. */
export function day(text: string): string {
  if (!isCalendarDate(text)) throw new InvalidArgumentError('It takes a day such as 2026-11-29.');
  return text;
}
