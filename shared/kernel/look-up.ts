/**
 * What a literal table says to a word that came from outside; undefined when the table has no such entry of its
 * own. Reading the table by index would also find what every object inherits, such as `constructor`.
 */
export function lookUp<Entry>(table: Readonly<Record<string, Entry>>, word: string): Entry | undefined {
  return Object.hasOwn(table, word) ? table[word] : undefined;
}
