import { purchasingSettingsSchema } from '../../shared/replenishment/purchasing/settings.ts';
import { supplierDeps } from '../../shared/runtime/deps/replenishment.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

export const contract = defineContract({
  id: 'replenishment/put-purchasing-settings',
  summary: 'Store which orders approve themselves',
  body: purchasingSettingsSchema,
  answers: { 200: { description: 'The settings as stored', schema: purchasingSettingsSchema } },
});

export const handler = http(contract, supplierDeps, async ({ body }, { suppliers }) => {
  await suppliers.putSettings(body);
  return { status: 200, body };
});
