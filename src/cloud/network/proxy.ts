/** What VS Code's settings say about the way out, as plain data; read for every attempt. */
export interface NetworkSettings {
  /** `http.proxy`; empty: the environment's proxy, or the system's. */
  readonly proxy: string;
  /** `http.proxySupport`. VS Code itself leads requests over the proxy; see `leavesAgentToEditor`. */
  readonly proxySupport: string;
  /** `clientKeys.network.caFile`: PEM, absolute or below `~`; empty: none. */
  readonly caFile: string;
  /** `http.systemCertificates`: whether the system's certificates count. */
  readonly systemCertificates: boolean;
}

export const DEFAULT_NETWORK: NetworkSettings = {
  proxy: '',
  proxySupport: 'override',
  caFile: '',
  systemCertificates: true,
};

/**
 * With `on`, VS Code leads only those requests over the proxy that bring no agent, and httpx always brings one
 * (docs/facts.md SDK-17). With `override` and `fallback` it looks past the agent, with `off` it does nothing.
 */
export function leavesAgentToEditor(settings: NetworkSettings): boolean {
  return settings.proxySupport === 'on';
}

/**
 * Host and port of the proxy that settings or environment name, for messages: user and password are left out.
 * @returns undefined where they name none, or nothing that could be shown
 */
export function proxyName(settings: NetworkSettings, env: NodeJS.ProcessEnv): string | undefined {
  const named = settings.proxy || env.https_proxy || env.HTTPS_PROXY || env.http_proxy || env.HTTP_PROXY;
  if (!named || !URL.canParse(named)) return undefined;
  return new URL(named).host || undefined;
}
