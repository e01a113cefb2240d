import * as z from 'zod';
import { supplyRiskSchema } from '../../shared/replenishment/inbound/supply-risks.ts';
import { riskDeps } from '../../shared/runtime/deps/replenishment.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

export const contract = defineContract({
  id: 'replenishment/get-supply-risks',
  summary: 'The open risks of missing goods',
  answers: {
    200: {
      description: 'SKUs that run out before their next arrival, late orders, and goods by congested ports',
      schema: z.strictObject({ risks: z.array(supplyRiskSchema) }).meta({ id: 'SupplyRisks' }),
    },
  },
});

export const handler = http(contract, riskDeps, async (_request, { risks }) => ({
  status: 200,
  body: { risks: await risks.open() },
}));
