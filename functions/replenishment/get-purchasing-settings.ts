import { purchasingSettingsSchema } from '../../shared/replenishment/purchasing/settings.ts';
import { supplierDeps } from '../../shared/runtime/deps/replenishment.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

export const contract = defineContract({
  id: 'replenishment/get-purchasing-settings',
  summary: 'Which orders approve themselves',
  answers: {
    200: {
      description: 'The settings; those of the beginning where none were stored',
      schema: purchasingSettingsSchema,
    },
  },
});

export const handler = http(contract, supplierDeps, async (_request, { suppliers }) => ({
  status: 200,
  body: await suppliers.settings(),
}));
