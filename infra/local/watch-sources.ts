import { mkdirSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { triggerList } from '../../events/triggers.ts';
import { bundleFunctions } from '../constructs/bundle.ts';
import { functionName } from '../constructs/names.ts';
import type { LocalCloud } from './start-local-cloud.ts';

const SOURCES = ['functions', 'shared', 'events'];
const CALM_MS = 150;

/**
 * Bundles all functions when a source changes, and reloads each function whose bundle changed. A change of the stacks
 * (routes, rules, permissions) needs a new start.
 */
export function watchSources(cloud: LocalCloud, dataDir: string, say: (text: string) => void): void {
  const ids = triggerList.map(([id]) => id);
  let known = bundleFunctions(ids);
  let timer: NodeJS.Timeout | undefined;

  const reload = () => {
    try {
      const fresh = bundleFunctions(ids);
      const changed = ids.filter((id) => !sameBytes(known.get(id), fresh.get(id)));
      known = fresh;
      for (const id of changed) {
        const folder = join(dataDir, 'reloaded', id);
        mkdirSync(folder, { recursive: true });
        writeFileSync(join(folder, 'index.mjs'), fresh.get(id) ?? '');
        cloud.reload(functionName('local', id), folder);
      }
      say(changed.length === 0 ? 'nothing to reload' : `reloaded ${changed.join(', ')}`);
    } catch (error) {
      // When a source cannot be bundled, the functions stay unchanged. The error names the place in the source.
      say(`not reloaded: ${error instanceof Error ? error.message : String(error)}`);
    }
  };

  for (const folder of SOURCES) {
    const watcher = watch(folder, { recursive: true }, () => {
      clearTimeout(timer);
      timer = setTimeout(reload, CALM_MS);
    });
    // Without a listener an error, such as the system's limit of watched files, would end the process.
    watcher.on('error', (error) => {
      watcher.close();
      say(`${folder} is no longer watched, start again to watch it: ${error.message}`);
    });
  }
  say(`watching ${SOURCES.join(', ')}`);
}

function sameBytes(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  return a !== undefined && b !== undefined && Buffer.compare(a, b) === 0;
}
