import { describe, expect, it } from 'vitest';
import { type Column, textTable } from '../../../../infra/cli/terminal/text-table.ts';

const columns: readonly Column[] = [{ title: 'a' }, { title: 'b', align: 'right' }];

describe('a table of text', () => {
  it('lines columns up by letters, not by bytes', () => {
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

  it('has a rule above its total, which may be the widest row', () => {
    expect(textTable(columns, [['x', '1']], { total: ['in all', '1,000'] }).split('\n')).toEqual([
      'a           b',
      '─────────────',
      'x           1',
      '─────────────',
      'in all  1,000',
    ]);
  });

  it('wraps what is longer than its column, and keeps a total of several lines together', () => {
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

  it('shows its titles and their rule where it has no rows', () => {
    expect(textTable(columns, [])).toBe('a  b\n────');
  });
});
