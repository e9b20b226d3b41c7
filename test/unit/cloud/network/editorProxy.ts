import type { ClientRequest, RequestOptions } from 'node:http';
import https from 'node:https';
import { createRequire } from 'node:module';
import type { Duplex } from 'node:stream';

interface ProxyAgent {
  connect(request: ClientRequest, options: RequestOptions): Promise<Duplex>;
}

/** The agent of the release that VS Code uses; the one that the SDKs bring is older. */
const { HttpsProxyAgent }: { HttpsProxyAgent: new (proxy: string) => ProxyAgent & https.Agent } =
  createRequire(require.resolve('@vscode/test-electron'))('https-proxy-agent');

/** It tells a proxy without connection in words of its own, with user and password in them in older versions. */
class EditorAgent extends HttpsProxyAgent {
  constructor(private readonly url: string) {
    super(url);
  }
  override async connect(request: ClientRequest, options: RequestOptions): Promise<Duplex> {
    try {
      return await super.connect(request, options);
    } catch {
      const { host, username, password } = new URL(this.url);
      throw new Error(
        `Failed to establish a socket connection to proxies: PROXY ${username}:${password}@${host}`,
      );
    }
  }
}

/**
 * Does to `https.request` what VS Code does in its extension host, as far as it matters here: with `override` requests go
 * over the proxy whichever agent they bring, with `on` only those without one, with `off` none (docs/facts.md SDK-17).
 * test/e2e/proxy.test.ts has the real one.
 * @returns what takes it back
 */
export function patchLikeEditor(support: 'override' | 'on' | 'off', proxy: string): () => void {
  const original = https.request;
  const patched = (options: RequestOptions) => {
    const leads = support === 'override' || (support === 'on' && options.agent === undefined);
    return original(leads ? { ...options, agent: new EditorAgent(proxy) } : options);
  };
  Object.assign(https, { request: patched });
  return () => void Object.assign(https, { request: original });
}
