import * as z from 'zod';
import { scheduleHeaderSchema } from '../../shared/duties/schedules/schedule.ts';
import { editionsInUse } from '../../shared/duties/tariff-import/index.ts';
import { defined } from '../../shared/kernel/defined.ts';
import { instantSchema, toInstant } from '../../shared/kernel/time.ts';
import { tariffsDeps } from '../../shared/runtime/deps/duties.ts';
import { http } from '../../shared/runtime/http.ts';
import { defineContract } from '../../shared/runtime/http-contract.ts';

export const contract = defineContract({
  id: 'setup/get-tariffs',
  summary: 'The editions of tariffs that prices may use, and which of them they use today',
  answers: {
    200: {
      description:
        'Every edition by tariff and first day, with its source and the day to which it is known to hold',
      schema: z
        .strictObject({
          editions: z.array(
            z
              .strictObject({
                header: scheduleHeaderSchema,
                lines: z.int().min(1),
                /** Absent if it came with the code. */
                importedAt: instantSchema.optional(),
                /** Whether its rates are used today at the destination. */
                isUsed: z.boolean(),
                /** Whether it is known to be in force today. */
                isCurrent: z.boolean(),
              })
              .meta({ id: 'TariffEditionInUse' }),
          ),
        })
        .meta({ id: 'TariffEditions' }),
    },
  },
  problems: [],
});

export const handler = http(contract, tariffsDeps, async (_request, { clock, sources, files }) => {
  const { store, beside } = sources;
  const editions = await editionsInUse({ store, beside, files }, toInstant(clock()));
  return {
    status: 200,
    body: {
      editions: editions.map((edition) => ({ ...edition, ...defined({ importedAt: edition.importedAt }) })),
    },
  };
});
