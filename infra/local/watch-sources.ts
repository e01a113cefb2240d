import { rmSync, watch } from 'node:fs';
import { join } from 'node:path';
import { buildFunctions, type FunctionFiles } from './lambda/build-functions.ts';
import type { LocalCloud } from './start-local-cloud.ts';

const SOURCES = ['functions', 'shared', 'events'];
const CALM_MS = 150;

/**
 * Builds all functions when a source changes, and reloads each function whose code changed. A change of the stacks
 * (routes, rules, permissions) needs a new start.
 */
export async function watchSources(
  cloud: LocalCloud,
  dataDir: string,
  say: (text: string) => void,
): Promise<void> {
  const folder = join(dataDir, 'reloaded');
  rmSync(folder, { recursive: true, force: true });
  let known: FunctionFiles = await buildFunctions(folder);
  let timer: NodeJS.Timeout | undefined;

  const reload = async (): Promise<void> => {
    try {
      const fresh = await buildFunctions(folder);
      // The name of a file is a hash of its content, and of the names of the files that it imports.
      const changed = [...fresh].filter(([name, file]) => known.get(name) !== file);
      known = fresh;
      for (const [name, file] of changed) cloud.reload(name, file);
      const names = changed.map(([name]) => name).join(', ');
      say(changed.length === 0 ? 'nothing to reload' : `reloaded ${names}`);
    } catch (error) {
      // When a source cannot be built, the functions stay unchanged. The error names the place in the source.
      say(`not reloaded: ${error instanceof Error ? error.message : String(error)}`);
    }
  };

  for (const source of SOURCES) {
    const watcher = watch(source, { recursive: true }, () => {
      clearTimeout(timer);
      timer = setTimeout(() => void reload(), CALM_MS);
    });
    // Without a listener an error, such as the system's limit of watched files, would end the process.
    watcher.on('error', (error) => {
      watcher.close();
      say(`${source} is no longer watched, start again to watch it: ${error.message}`);
    });
  }
  say(`watching ${SOURCES.join(', ')}`);
}
