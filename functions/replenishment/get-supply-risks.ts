import * as z from 'zod';
import { portSchema } from '../../events/replenishment.ts';
import { portCongestionSchema, supplyRiskSchema } from '../../shared/replenishment/inbound/supply-risks.ts';
import { riskDeps } from '../../shared/runtime/deps/replenishment.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

export const contract = defineContract({
  id: 'replenishment/get-supply-risks',
  summary: 'The open risks of missing goods, and the ports where goods wait',
  answers: {
    200: {
      description:
        'SKUs that run out before their next arrival, late orders, congested ports, and days with too many arrivals',
      schema: z
        .strictObject({
          risks: z.array(supplyRiskSchema),
          /** Every port that was stored, also those where goods wait no more: their `until` is past. */
          ports: z.array(portCongestionSchema.extend({ port: portSchema })),
        })
        .meta({ id: 'SupplyRisks' }),
    },
  },
});

export const handler = http(contract, riskDeps, async (_request, { risks }) => {
  const [open, ports] = await Promise.all([risks.open(), risks.congestedPorts()]);
  return { status: 200, body: { risks: [...open], ports: [...ports] } };
});
