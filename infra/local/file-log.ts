import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from './cloud-parts.ts';

/**
 * Writes a log into `logs/` of the data folder, one JSON object a line, without lines of level debug.
 *
 * @param name the file's name, such as `local-cloud.log`
 * @param isOnTerminal whether errors are printed to standard error as well, asked at each error
 */
export function fileLog(dataDir: string, name: string, isOnTerminal: () => boolean): Log {
  const folder = join(dataDir, 'logs');
  mkdirSync(folder, { recursive: true });
  return ({ level, source, message, detail }) => {
    if (level === 'debug') return;
    const line = JSON.stringify({ time: new Date().toISOString(), level, source, message, detail });
    appendFileSync(join(folder, name), `${line}\n`);
    if (level === 'error' && isOnTerminal()) console.error(`${source}: ${message}`);
  };
}
