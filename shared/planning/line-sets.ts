/** Sets of up to 30 lines as bits. */
export type LineSet = number;

/** The lines of every set of up to `lineCount` lines, by the set. */
export function listsOfSets(lineCount: number): readonly (readonly number[])[] {
  const lists: number[][] = [[]];
  for (let set = 1; set < 1 << lineCount; set += 1) {
    const highest = 31 - Math.clz32(set);
    lists.push([...(lists[set ^ (1 << highest)] ?? []), highest]);
  }
  return lists;
}
