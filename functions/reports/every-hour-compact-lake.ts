import { lakeTablesDeps } from '../../shared/runtime/deps/lake-tables.ts';
import { log } from '../../shared/runtime/log.ts';
import { schedule } from '../../shared/runtime/schedule.ts';

export const handler = schedule(lakeTablesDeps, async ({ compactInTime, ...deps }, { remainingMs }) => {
  const outcome = await compactInTime({
    ...deps,
    remainingMs,
    onBatch: (progress) => log.info('LAKE_TABLES_PROGRESS', { ...progress }),
  });
  const { left, setAside } = outcome;
  if (left > 0) log.warn('LAKE_TABLES_BEHIND', { left });
  if (setAside > 0) log.warn('LAKE_UNREAD', { setAside });
  return { ...outcome };
});
