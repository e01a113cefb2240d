import * as z from 'zod';
import { signalImportSchema, storedSignalSchema } from '../../shared/replenishment/signals/given-signal.ts';
import { importSignals } from '../../shared/replenishment/signals/import-signals.ts';
import { signalDeps } from '../../shared/runtime/deps/replenishment.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

const count = z.int().min(0);

export const contract = defineContract({
  id: 'replenishment/post-signals-import',
  summary: 'Store and retire signals of demand: all of a request or none; a repeat changes nothing',
  body: signalImportSchema,
  answers: {
    200: {
      description: 'What changed, or would change, and the days of each signal',
      schema: z
        .strictObject({
          stored: z.boolean(),
          added: count,
          changed: count,
          unchanged: count,
          retired: count,
          unknown: z.array(z.string()).meta({ description: 'Codes to retire that are not stored' }),
          signals: z.array(storedSignalSchema),
        })
        .meta({ id: 'SignalImportResult' }),
    },
  },
});

export const handler = http(contract, signalDeps, async ({ body }, { signals }) => {
  const changes = await importSignals(signals, body);
  const stored = !body.dryRun && changes.added + changes.changed + changes.retired > 0;
  return {
    status: 200,
    body: { stored, ...changes, unknown: [...changes.unknown], signals: [...changes.signals] },
  };
});
