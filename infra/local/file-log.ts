import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from './cloud-parts.ts';

/**
 * Writes a log into `logs/` of the data folder: one JSON object a line. Lines of level debug are left out.
 *
 * @param name the name of the file, such as `local-cloud.log`
 * @param isOnTerminal whether an error is printed to standard error too; called for each error
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
