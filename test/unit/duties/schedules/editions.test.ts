import { describe, expect, it } from 'vitest';
import { editionFiles } from '../../../../shared/duties/schedules/index.ts';
import { encodeSchedule, openSchedule } from '../../../../shared/duties/schedules/schedule-file.ts';
import { checkEdition } from '../../../../shared/duties/tariff-import/check-edition.ts';
import { schedulesBeside } from '../../../../shared/runtime/tariff-files.ts';

describe.each(editionFiles)('the edition $name', ({ name, tariff, validFrom }) => {
  const schedule = schedulesBeside.editionOn(tariff, validFrom);

  it('has the tariff and the first day that the list says, and an import would take it', () => {
    if (schedule === undefined) throw new Error(`${name} is not found on ${validFrom}`);
    const { header, lineCount } = schedule;
    expect(header).toMatchObject({ tariff, validFrom });
    expect(name).toBe(`${tariff}-${header.edition}.schedule`);
    const lines = schedule.chapters.flatMap((chapter) => {
      const goods = schedule.goodsOf(chapter);
      return schedule.linesOf(chapter).map((line, index) => ({ ...line, goods: goods[index] ?? '' }));
    });
    expect(lines).toHaveLength(lineCount);
    const checked = checkEdition(encodeSchedule(header, lines));
    expect(checked.ok ? openSchedule(encodeSchedule(header, lines)).lineCount : checked.error).toBe(
      lineCount,
    );
  });
});
