/** A process that runs the core for the restart test: it writes when told to and says when nothing is under way. */
import { setTimeout as sleep } from 'node:timers/promises';
import { startCore } from '../../../infra/local/start-core.ts';

const [assemblyDir = '', dataDir = ''] = process.argv.slice(2);
const core = await startCore({ assemblyDir, dataDir, port: 1, log: () => undefined });
await core.startMappings({}, () => false);

process.on('message', async (message: 'until quiescent' | { pk: string }) => {
  if (typeof message === 'object') {
    const { error } = await core.parts.invoke('writer', message);
    process.send?.(error?.errorMessage ?? 'written');
    return;
  }
  // Quiet for longer than the core takes to store its positions.
  for (let quietSince = Date.now(); Date.now() - quietSince < 250; await sleep(10)) {
    if (!core.isQuiescent()) quietSince = Date.now();
  }
  process.send?.('quiescent');
});
process.send?.('ready');
