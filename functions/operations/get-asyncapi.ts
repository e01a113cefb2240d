import * as z from 'zod';
import asyncapi from '../../events/generated/asyncapi.json' with { type: 'json' };
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

export const contract = defineContract({
  id: 'operations/get-asyncapi',
  summary: 'The events on the bus as AsyncAPI 3.0',
  answers: { 200: { description: 'The AsyncAPI document', schema: z.looseObject({ asyncapi: z.string() }) } },
});

export const handler = http(
  contract,
  () => undefined,
  async () => ({ status: 200, body: asyncapi, headers: { 'cache-control': 'public, max-age=300' } }),
);
