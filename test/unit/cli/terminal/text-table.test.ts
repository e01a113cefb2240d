import { describe, expect, it } from 'vitest';
import { type Column, textTable } from '../../../../infra/cli/terminal/text-table.ts';

const columns: readonly Column[] = [{ title: 'a' }, { title: 'b', align: 'right' }];

describe('a table of text', () => {
  it('aligns columns by characters, not by bytes', () => {
    const rows = [
      ['Łódź', '1'],
      ['x', '22'],
    ];
    expect(textTable(columns, rows).split('\n')).toEqual([
      'a      b', //
      '────────',
      'Łódź   1',
      'x     22',
    ]);
  });

  it('has a rule above its total, even if the total is the widest row', () => {
    expect(textTable(columns, [['x', '1']], { total: ['in all', '1,000'] }).split('\n')).toEqual([
      'a           b',
      '─────────────',
      'x           1',
      '─────────────',
      'in all  1,000',
    ]);
  });

  it('wraps cells that are longer than their column, and keeps the lines of a total together', () => {
    const narrow: readonly Column[] = [{ title: 'a', width: 5 }];
    expect(textTable(narrow, [['one two']], { total: ['all of it'], indent: 2 }).split('\n')).toEqual([
      '  a',
      '  ─────',
      '  one',
      '  two',
      '  ─────',
      '  all',
      '  of it',
    ]);
  });

  it('prints titles and rule if it has no rows', () => {
    expect(textTable(columns, [])).toBe('a  b\n────');
  });
});
