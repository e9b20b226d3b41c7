/**
 * Remembers answers for a while, and what is being asked for; failures are forgotten at once. The answer of a name is what is
 * known, if it is young enough, else what `ask` brings. Who waits for what somebody else has asked for waits without that one's
 * signal: `ask` should have none. `keptMs`: how old it may be, counted from when it was asked for.
 */
type ShortMemory<Value> = (name: string, keptMs: number, ask: () => Promise<Value>) => Promise<Value>;

/** So many answers are remembered; the oldest go first. */
const MOST = 1000;

export function createShortMemory<Value>(): ShortMemory<Value> {
  const known = new Map<string, { readonly at: number; readonly value: Promise<Value> }>();
  return (name, keptMs, ask) => {
    const kept = known.get(name);
    if (kept && Date.now() - kept.at < keptMs) return kept.value;
    const value = ask();
    const entry = { at: Date.now(), value };
    known.delete(name);
    known.set(name, entry);
    const [oldest] = known.keys();
    if (known.size > MOST && oldest !== undefined) known.delete(oldest);
    value.catch(() => {
      if (known.get(name) === entry) known.delete(name);
    });
    return value;
  };
}
