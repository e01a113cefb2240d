import { triggerList } from '../../../events/triggers.ts';
import { createRecordStream } from '../../aws/lake/record-stream.ts';
import { DUE_INDEX, LISTS_INDEX, TAXES_INDEX } from '../../aws/table.ts';
import { createMetricSums } from '../../aws/usage/metric-sums.ts';
import { readSettings } from '../settings.ts';

/** For counting what AWS bills. */
export function usageDeps() {
  const settings = readSettings();
  const { apiId, logGroup, standing } = settings.usage();
  return {
    metrics: createMetricSums(),
    stream: createRecordStream(settings.recordStream()),
    names: {
      ...{ stage: settings.stage, table: settings.tableName, indexes: [DUE_INDEX, LISTS_INDEX, TAXES_INDEX] },
      ...{ apiId, logGroup, deliveryStream: settings.recordStream() },
    },
    standing,
    triggers: triggerList,
    clock: () => new Date(),
    periodSeconds: settings.periodSeconds,
  };
}
