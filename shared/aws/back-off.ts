/** Waits a little, longer with each attempt and with a random part, so that two writers do not meet again. */
export async function backOff(attempt: number): Promise<void> {
  const maxMs = Math.min(10 * 2 ** attempt, 400);
  await new Promise((resolve) => setTimeout(resolve, maxMs * (0.5 + Math.random() / 2)));
}
