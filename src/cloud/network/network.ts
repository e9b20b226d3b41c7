import { type Attempt, attempts } from './httpx';
import { DEFAULT_NETWORK, leavesAgentToEditor, type NetworkSettings, proxyName } from './proxy';
import { readTrust } from './trust';
import type { Wire } from './wire';

/** The way out to the services, the same for every SDK. */
export interface Network {
  /**
   * Runs one attempt: what `work` sends, through whichever SDK, goes the way that the settings say, and `wire` tells
   * what was seen of it. Attempts may run side by side and do not see each other's.
   * @param call `signal` ends the requests of the attempt at once; the SDKs know no signal
   * @throws CloudError `invalidRequest` for a `caFile` that cannot be used; whatever `work` throws
   */
  attempt<Result>(
    call: { readonly action: string; readonly signal?: AbortSignal | undefined },
    work: (wire: Wire) => Promise<Result>,
  ): Promise<Result>;
}

/** @param options `network` is read for every attempt, so that a changed setting counts at once */
export function createNetwork(options: { network?(): NetworkSettings }): Network {
  return {
    attempt: async (call, work) => {
      const settings = options.network?.() ?? DEFAULT_NETWORK;
      const proxy = proxyName(settings, process.env);
      const wire: Wire = { headers: {}, ...(proxy && { proxy }) };
      const attempt: Attempt = {
        wire,
        trust: await readTrust(settings, call.action),
        leavesAgent: leavesAgentToEditor(settings),
        signal: call.signal,
      };
      return await attempts.run(attempt, () => work(wire));
    },
  };
}
