import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import httpx from 'httpx';
import { createClock } from '../../../simulator/clock';
import { type Exchange, parseForm, readExchange } from '../../../simulator/exchange';
import { ServiceError } from '../../../simulator/serviceError';
import { verifyRpc } from '../../../simulator/signatures/rpc';
import { createSimulation } from '../../../simulator/simulation';
import type { AccessKey } from '../../../simulator/world';
import { smallWorld } from '../../simulator/support';

/** A request that arrived. */
interface Seen {
  readonly host: string;
  readonly what: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/** STS, metadata service, CloudSSO and OAuth on loopback, reached by their real names. */
export interface SignInServices {
  readonly seen: Seen[];
  /** The next answers, in place of the real ones; status 0 resets the connection. */
  readonly failures: { status: number; body: string }[];
  stop(): Promise<void>;
}

const HOSTS =
  /^https?:\/\/(sts[a-z0-9.-]*\.aliyuncs\.com|100\.100\.100\.200|[a-z.]*sso\.test|oauth\.[a-z]+\.com)(\/.*)$/;

/**
 * @param options `accessKeys` may assume roles; `sessionOf` gives the session of a role, an SSO account or, for OAuth, a token
 */
export async function startSignInServices(options: {
  readonly accessKeys: readonly AccessKey[];
  sessionOf(who: string): AccessKey;
}): Promise<SignInServices> {
  const simulation = createSimulation({ ...smallWorld(), accessKeys: options.accessKeys }, createClock());
  const seen: Seen[] = [];
  const failures: { status: number; body: string }[] = [];

  const answer = (host: string, exchange: Exchange): unknown => {
    const parameters = { ...exchange.query, ...parseForm(exchange.body.toString('utf8')) };
    const what = parameters.Action ?? `${exchange.method} ${exchange.path}`;
    seen.push({ host, what, parameters });
    const failure = failures.shift();
    if (failure?.status === 0) throw new Error('The connection is reset.');
    if (failure) throw new ServiceError(failure.status, '', failure.body);
    const { authorization } = exchange.headers;
    switch (what) {
      case 'AssumeRole':
        verifyRpc(simulation, exchange);
        return { Credentials: session(options.sessionOf(parameters.RoleArn ?? '')) };
      case 'AssumeRoleWithOIDC':
        if (parameters.OIDCToken !== 'oidc-token') throw refused('InvalidParameter.OIDCToken');
        return { Credentials: session(options.sessionOf(parameters.RoleArn ?? '')) };
      case 'PUT /latest/api/token':
        return 'metadata-token';
      case 'GET /latest/meta-data/ram/security-credentials/':
        return 'ecs-role';
      case 'GET /latest/meta-data/ram/security-credentials/ecs-role':
        return { Code: 'Success', ...session(options.sessionOf('ecs-role')) };
      case 'POST /cloud-credentials': {
        if (authorization !== 'Bearer sso-token') throw refused('Unauthorized', 401);
        const asked: unknown = JSON.parse(exchange.body.toString('utf8'));
        return { CloudCredential: session(options.sessionOf(JSON.stringify(asked))) };
      }
      case 'POST /v1/token':
        if (parameters.refresh_token !== 'refresh-1') throw refused('invalid_grant');
        return { access_token: 'access-2', refresh_token: 'refresh-2', expires_in: 3600 };
      case 'POST /v1/exchange': {
        const key = session(options.sessionOf(authorization ?? ''));
        return {
          accessKeyId: key.AccessKeyId,
          accessKeySecret: key.AccessKeySecret,
          securityToken: key.SecurityToken,
          expiration: key.Expiration,
        };
      }
      default:
        throw refused('InvalidAction.NotFound', 404);
    }
  };

  const serve = async (request: IncomingMessage): Promise<{ status: number; body: string }> => {
    const exchange = await readExchange(request);
    const [, host = '', path = '/'] = /^\/([^/]+)(.*)$/.exec(exchange.path) ?? [];
    try {
      const given = answer(host, { ...exchange, path });
      return { status: 200, body: typeof given === 'string' ? given : JSON.stringify(given) };
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      const { status, code, message } = error;
      const body = code
        ? JSON.stringify({ RequestId: 'REQUEST-0001', Code: code, Message: message })
        : message;
      return { status, body };
    }
  };

  const server = createServer((request, response) => {
    serve(request).then(
      ({ status, body }) => response.writeHead(status, { 'content-type': 'application/json' }).end(body),
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;

  const { request } = httpx;
  httpx.request = (url, sent) => {
    const [, host, rest] = HOSTS.exec(url) ?? [];
    return request(host === undefined ? url : `http://127.0.0.1:${port}/${host}${rest}`, sent);
  };
  return {
    seen,
    failures,
    stop: () =>
      new Promise((resolve) => {
        httpx.request = request;
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function refused(code: string, status = 400): ServiceError {
  return new ServiceError(status, code, `Refused: ${code}.`);
}

function session(key: AccessKey) {
  return {
    AccessKeyId: key.id,
    AccessKeySecret: key.secret,
    SecurityToken: key.securityToken ?? '',
    Expiration: `${new Date(Date.now() + 3_600_000).toISOString().slice(0, 19)}Z`,
  };
}
