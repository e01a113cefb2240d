import * as z from 'zod';
import { healthDeps } from '../../shared/runtime/deps/operations.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

const state = z.enum(['up', 'down']);

const healthSchema = z
  .strictObject({
    status: state,
    build: z.string(),
    stage: z.string(),
    dependencies: z.strictObject({ table: state }),
  })
  .meta({ id: 'Health' });

export const contract = defineContract({
  id: 'operations/get-health',
  summary: 'State of the build and its dependencies',
  answers: {
    200: {
      description: 'The build that answers, and whether its dependencies answer',
      schema: healthSchema,
    },
    503: { description: 'The same; a dependency that every request needs is down', schema: healthSchema },
  },
});

export const handler = http(contract, healthDeps, async (_request, { settings, tableAnswers }) => {
  const table = (await tableAnswers()) ? 'up' : 'down';
  const { build, stage } = settings;
  return {
    status: table === 'up' ? 200 : 503,
    body: { status: table, build, stage, dependencies: { table } },
  };
});
