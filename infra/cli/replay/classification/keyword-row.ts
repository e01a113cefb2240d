/**
 * One row of the keyword table: an HS 2022 subheading and the phrases that lead to it. Phrases are separated by
 * commas; the words of one stand next to each other, except that `+` asks for both sides in any order.
 */
export type KeywordRow = readonly [hsCode: string, phrases: string];
