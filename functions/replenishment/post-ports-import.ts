import * as z from 'zod';
import { toInstant } from '../../shared/kernel/time.ts';
import { importPorts, portImportSchema } from '../../shared/replenishment/inbound/import-ports.ts';
import { riskDeps } from '../../shared/runtime/deps/replenishment.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

const count = z.int().min(0);

export const contract = defineContract({
  id: 'replenishment/post-ports-import',
  summary: 'Store ports where goods wait, and close others: all of a request or none',
  body: portImportSchema,
  answers: {
    200: {
      description: 'What changed, or would change',
      schema: z
        .strictObject({
          stored: z.boolean(),
          ...{ added: count, changed: count, unchanged: count, closed: count },
          unknown: z.array(z.string()).meta({ description: 'Ports to close that are not stored' }),
        })
        .meta({ id: 'PortImportResult' }),
    },
  },
  problems: [503],
});

export const handler = http(contract, riskDeps, async ({ body }, { risks, clock }) => {
  const changes = await importPorts(risks, body, toInstant(clock()));
  const stored = !body.dryRun && changes.added + changes.changed + changes.closed > 0;
  return { status: 200, body: { stored, ...changes, unknown: [...changes.unknown] } };
});
