/**
 * The table's entry for a word from outside; undefined when the table has no such entry of its own. Reading the table
 * by index would also find inherited members such as `constructor`.
 */
export function lookUp<Entry>(table: Readonly<Record<string, Entry>>, word: string): Entry | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}
