import { createSchedules, editionFiles, type TariffSchedules } from '../duties/schedules/index.ts';
import { besideCode } from './beside-code.ts';

const read = besideCode({
  beside: new URL('./editions/', import.meta.url),
  inProject: 'shared/duties/schedules/editions/',
});

/** The editions of tariffs that come with the code. A file is read when its tariff is first asked for. */
export const schedulesBeside: TariffSchedules = createSchedules(editionFiles, read);
