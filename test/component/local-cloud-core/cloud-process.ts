/** A process that runs the local cloud for the restart test: it writes on request and says when it is quiet. */
import { setTimeout as sleep } from 'node:timers/promises';
import { startLocalCloud } from '../../../infra/local/start-local-cloud.ts';

const [assemblyDir = '', dataDir = ''] = process.argv.slice(2);
const cloud = await startLocalCloud({ assemblyDir, dataDir, port: 0 });

process.on('message', async (message: 'until quiescent' | { pk: string }) => {
  if (typeof message === 'object') {
    const { error } = await cloud.invoke('writer', message);
    process.send?.(error?.errorMessage ?? 'written');
    return;
  }
  // The local cloud has stored its positions after this time.
  for (let quietSince = Date.now(); Date.now() - quietSince < 250; await sleep(10)) {
    if (!cloud.isQuiescent()) quietSince = Date.now();
  }
  process.send?.('quiescent');
});
process.send?.('ready');
