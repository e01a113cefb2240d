import * as z from 'zod';

/** For each of our services, the carriers' services that may be used for it, in order of preference. */
export const servicesSchema = z
  .record(z.string(), z.array(z.strictObject({ carrier: z.string(), service: z.string() })).min(1))
  .default({});

/** The person who certifies customs forms. If absent, the sender's company certifies them. */
export const customsSignerSchema = z.string().min(1).optional();
