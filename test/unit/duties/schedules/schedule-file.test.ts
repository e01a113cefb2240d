import { expect, it } from 'vitest';
import type { ScheduleHeader, ScheduleLine } from '../../../../shared/duties/schedules/schedule.ts';
import { encodeSchedule, openSchedule } from '../../../../shared/duties/schedules/schedule-file.ts';

const header: ScheduleHeader = {
  tariff: 'xx',
  edition: '2026-01',
  validFrom: '2026-01-01',
  knownTo: '2026-12-31',
  hs: 'HS2022',
  law: 'an act for this test',
  source: 'a file for this test',
  provenance: 'published',
  confidence: 'high',
};

const lines: ScheduleLine[] = [
  { code: '620342', goods: 'Trousers', text: '16.6%', rate: '16.6' },
  {
    code: '08081000',
    goods: 'Apples',
    text: '0.9¢/kg',
    rate: { specific: [{ minor: '0.9', currency: 'USD', per: 1, unit: 'kg' }] },
    season: { from: '08-01', to: '12-31' },
  },
  { code: '610910', goods: 'T-shirts', text: '16.5%', rate: '16.5', preferences: { 'us-kr': free() } },
  { code: '610990', goods: 'Other', text: 'The rate of the garment', rate: undefined },
];

function free() {
  return { text: 'Free', rate: '0' };
}

it('gives back each line of each chapter in the order of the codes', () => {
  const schedule = openSchedule(encodeSchedule(header, lines));
  expect(schedule.header).toEqual(header);
  expect(schedule.lineCount).toBe(4);
  expect(schedule.chapters).toEqual(['08', '61', '62']);
  const back = schedule.chapters.flatMap((chapter) => {
    const goods = schedule.goodsOf(chapter);
    return schedule.linesOf(chapter).map((line, index) => ({ ...line, goods: goods[index] }));
  });
  expect(back).toEqual(lines.toSorted((a, b) => (a.code < b.code ? -1 : 1)));
  expect(schedule.linesOf('99')).toEqual([]);
});

it('refuses bytes that are cut off', () => {
  const bytes = encodeSchedule(header, lines);
  expect(() => openSchedule(bytes.subarray(0, 40))).toThrow('whole');
  expect(() => openSchedule(bytes.subarray(0, 3))).toThrow('index');
});
