import * as z from 'zod';
import openapi from '../../events/generated/openapi.json' with { type: 'json' };
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

export const contract = defineContract({
  id: 'operations/get-openapi',
  summary: 'This contract as OpenAPI 3.1',
  answers: { 200: { description: 'The OpenAPI document', schema: z.looseObject({ openapi: z.string() }) } },
});

export const handler = http(
  contract,
  () => undefined,
  async () => ({ status: 200, body: openapi, headers: { 'cache-control': 'public, max-age=300' } }),
);
