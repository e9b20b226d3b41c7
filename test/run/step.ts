/** Says on stdout what is being done and, when it is over, how long it took. */
export async function step<T>(name: string, work: () => T | Promise<T>): Promise<T> {
  const started = performance.now();
  console.log(`  … ${name}`);
  try {
    const result = await work();
    console.log(`  ✓ ${name} (${seconds(performance.now() - started)})`);
    return result;
  } catch (error) {
    console.log(`  ✗ ${name} (${seconds(performance.now() - started)})`);
    throw error;
  }
}

const said = new Set<string>();

/** Says, once per process, that a step was not needed, and why. */
export function skippedStep(name: string, reason: string): void {
  const line = `  ✓ ${name}: ${reason}`;
  if (!said.has(line)) console.log(line);
  said.add(line);
}

/** A duration in ms as text: `3.2 s`, `2 min 5 s`. */
export function seconds(ms: number): string {
  const s = ms / 1000;
  if (s < 60) return `${s.toFixed(1)} s`;
  return `${Math.floor(s / 60)} min ${Math.round(s % 60)} s`;
}
