import { defineSubject, flag, text, whole } from '../subject.ts';

/** What AWS bills, each time that an hour was counted. */
export const usageHours = defineSubject({
  name: 'usage_hours',
  says: 'What one part of the backend used of one unit that AWS bills, in the hour from occurred_at on. Of one hour, the rows with the latest recorded_at hold.',
  columns: {
    unit: text('The unit by its name in the list of prices: dynamodb.writeUnits …'),
    part: text('The folder of functions whose work it was, without its number; all where it is not known.'),
    is_fixed: flag('Whether it is used without any order as well: jobs, alarms, waiting for messages.'),
    thousandths: whole('The number of units, in thousandths.'),
  },
  rowsOf: (record) => {
    if (record.name !== 'usage.counted') return [];
    return record.data.units.map(({ unit, part, isFixed, thousandths }) => ({
      ...{ unit, part, is_fixed: isFixed, thousandths },
    }));
  },
});
