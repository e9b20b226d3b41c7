import { useEffect, useState } from 'preact/hooks';

const TICK_MS = 10_000;

/**
 * The service's present, carried on from when a state arrived by the time that has passed here since.
 * @param now the service's present in the state, ms UTC
 * @param receivedAt the local clock when it arrived, ms
 */
export function useServiceNow(now: number, receivedAt: number): number {
  const [local, setLocal] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setLocal(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now + Math.max(0, Math.max(local, receivedAt) - receivedAt);
}
