import { z } from 'zod';

const unitsSchema = z.record(z.string(), z.number());

/** The read units of the table that a local backend has counted since its start. */
export async function readUnitsOf(url: string): Promise<number> {
  const answer = await fetch(`${url}/_local/units.json`);
  if (!answer.ok) throw new Error(`the backend does not say its units: ${answer.status}`);
  return unitsSchema.parse(await answer.json())['dynamodb.readUnits'] ?? 0;
}
