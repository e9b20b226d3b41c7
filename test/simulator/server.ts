import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Accounts, accountOfRequest } from './accounts';
import { answerControl } from './controlServer';
import { type Answer, type Exchange, readExchange, renderAnswer, sendAnswer } from './exchange';
import type { Fault } from './faults';
import { answerGateway, gatewayInstance } from './gateway';
import { answerKms, kmsAction, kmsRegion } from './kms/endpoint';
import { answerLog, logOperation, logRegion } from './log/endpoint';
import type { RecordedRequest, Simulation } from './simulation';

/** One request, told apart by its address: what it is, and how to carry it out. */
interface Route {
  readonly service: RecordedRequest['service'];
  readonly action: string;
  readonly region: string | undefined;
  readonly requestId: string;
  run(faults: readonly Fault[]): Answer | Promise<Answer>;
}

const MAX_RECORDED = 20_000;

/** Longer than any pause of a busy machine: an idle connection closed under a client would be a failed call of its. */
const KEEP_ALIVE_MS = 5 * 60_000;

/** The HTTP server of the simulator; not yet listening. */
export function createSimulatorServer(accounts: Accounts): Server {
  return createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    serve(accounts, request, response).catch(() => response.destroy());
  });
}

async function serve(accounts: Accounts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const exchange = await readExchange(request);
  const arrived = performance.now();
  const simulation = accountOfRequest(accounts, exchange);
  // Every answer carries the simulator's time: it is what the extension knows of the service's clock.
  response.setHeader('date', new Date(simulation.clock.now()).toUTCString());
  if (exchange.path.startsWith('/_control/'))
    return sendAnswer(response, await answerControl(accounts, exchange));
  const route = findRoute(simulation, exchange);
  if (route === undefined)
    return sendAnswer(response, { status: 404, json: { Code: 'NotFound', Message: 'No such address.' } });
  const faults = simulation.faults.take(route.action, route.region, exchange.query);
  const answer = await carryOut(route, faults);
  // Making the body, which may be large, is a part of the time that an answer takes.
  if (answer) renderAnswer(answer);
  // The call counts, and has its effect, when it arrives; the way back takes the rest of the latency.
  const rest = simulation.knobs.latencyMs - (performance.now() - arrived);
  if (rest > 0) await sleep(rest, undefined, { ref: false });
  const recorded = record(simulation, exchange, route, answer, performance.now() - arrived);
  if (answer === undefined) {
    request.socket.resetAndDestroy();
    return;
  }
  const before = request.socket.bytesWritten;
  await send(request, response, answer, faults);
  // A connection that a fault has ended may not know any more.
  recorded.bytes = Math.max(0, request.socket.bytesWritten - before) || 0;
}

/** Runs the call, unless a fault comes in between. `undefined`: there is no answer, the connection is reset. */
async function carryOut(route: Route, faults: readonly Fault[]): Promise<Answer | undefined> {
  const before = await beforeEffect(faults, route);
  if (before === 'reset') return undefined;
  const answer = before ?? (await route.run(faults));
  return faults.some((fault) => fault.kind === 'resetAfter') ? undefined : answer;
}

function findRoute(simulation: Simulation, exchange: Exchange): Route | undefined {
  const instanceId = gatewayInstance(exchange.path);
  if (instanceId !== undefined) {
    return {
      service: 'gateway',
      action: 'Gateway',
      requestId: exchange.requestId,
      region: simulation.world.instances.find((each) => each.id === instanceId)?.regionId,
      run: () => answerGateway(simulation, exchange, instanceId, undefined),
    };
  }
  const region = kmsRegion(exchange);
  if (region !== undefined || (exchange.path === '/' && kmsAction(exchange) !== '')) {
    return {
      service: 'kms',
      action: kmsAction(exchange),
      requestId: exchange.requestId,
      region,
      run: (faults) => answerKms(simulation, exchange, region, faults),
    };
  }
  const operation = logOperation(exchange);
  if (operation === undefined) return undefined;
  return {
    service: 'log',
    action: operation.action,
    requestId: exchange.requestId,
    region: logRegion(simulation, exchange),
    run: (faults) => answerLog(simulation, exchange, operation, faults),
  };
}

/** Faults that strike before the call is carried out: an answer in its place, a reset, or nothing but time. */
async function beforeEffect(faults: readonly Fault[], route: Route): Promise<Answer | 'reset' | undefined> {
  for (const fault of faults) {
    if (fault.kind === 'delay') await sleep(fault.ms, undefined, { ref: false });
    if (fault.kind === 'resetBefore') return 'reset';
    if (fault.kind === 'status') {
      const answer = errorOf(route, fault.status, fault.code, fault.message ?? fault.code);
      const AccessDeniedDetail = { AuthAction: fault.deniedAction };
      return fault.deniedAction ? { ...answer, json: { ...answer.json, AccessDeniedDetail } } : answer;
    }
    if (fault.kind === 'throttle') {
      const answer =
        route.service === 'log'
          ? errorOf(route, 403, 'ReadQuotaExceed', 'Read quota exceed')
          : errorOf(route, 429, 'Rejected.Throttling', 'QPS Limit Exceeded');
      return fault.hint ? { ...answer, headers: { [fault.hint.header]: fault.hint.value } } : answer;
    }
  }
  return undefined;
}

/** An error in the form of the service that was called. */
function errorOf(
  route: Route,
  status: number,
  code: string,
  message: string,
): Answer & { readonly json: object } {
  if (route.service === 'log') return { status, json: { errorCode: code, errorMessage: message } };
  if (route.service === 'gateway')
    return { status, json: { StatusCode: status, ErrorCode: code, ErrorMessage: message } };
  return {
    status,
    json: { HttpStatus: status, Code: code, Message: message, RequestId: route.requestId, HostId: '' },
  };
}

async function send(
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  faults: readonly Fault[],
): Promise<void> {
  const html = faults.find((fault) => fault.kind === 'html');
  if (html !== undefined) {
    response
      .writeHead(html.status ?? 200, { 'content-type': 'text/html' })
      .end('<html><body><h1>Please sign in to the network</h1></body></html>');
  } else if (faults.some((fault) => fault.kind === 'emptyBody')) {
    response.writeHead(answer.status, { 'content-length': '0' }).end();
  } else if (faults.some((fault) => fault.kind === 'cutBody')) {
    const { headers, body } = renderAnswer(answer);
    response.writeHead(answer.status, headers);
    response.write(body.subarray(0, body.length >> 1), () => response.destroy());
  } else if (faults.some((fault) => fault.kind === 'resetAfterHeaders')) {
    response.writeHead(answer.status, renderAnswer(answer).headers).flushHeaders();
    request.socket.resetAndDestroy();
  } else if (faults.some((fault) => fault.kind === 'wrongTypes')) {
    sendAnswer(response, { ...answer, json: withWrongTypes(answer.json) });
  } else {
    const slow = faults.find((fault) => fault.kind === 'slowFirstByte');
    if (slow) {
      response.writeHead(answer.status, renderAnswer(answer).headers).flushHeaders();
      await sleep(slow.ms, undefined, { ref: false });
      response.end(renderAnswer(answer).body);
    } else sendAnswer(response, answer);
  }
}

/** Lists become texts, texts numbers and numbers lists, all the way down; the request id stays what it is. */
function withWrongTypes(value: unknown): unknown {
  if (Array.isArray(value)) return 'a list was here';
  if (typeof value === 'string') return 7;
  if (typeof value !== 'object' || value === null) return [];
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, name === 'RequestId' ? part : withWrongTypes(part)]),
  );
}

/** Keeps what arrived, without query, headers or body, in which secrets could stand. */
function record(
  simulation: Simulation,
  exchange: Exchange,
  route: Route,
  sent: Answer | undefined,
  ms: number,
): { bytes: number } {
  const { requests } = simulation;
  if (requests.length >= MAX_RECORDED) requests.splice(0, MAX_RECORDED / 2);
  const recorded = {
    at: simulation.clock.now(),
    service: route.service,
    method: exchange.method,
    action: route.action,
    ...(route.region === undefined ? {} : { region: route.region }),
    status: sent?.status ?? 0,
    ...codeOf(sent?.json),
    requestId: exchange.requestId,
    userAgent: exchange.headers['user-agent'] ?? '',
    ms,
    bytes: 0,
  };
  requests.push(recorded);
  return recorded;
}

function codeOf(json: unknown): { code?: string } {
  if (typeof json !== 'object' || json === null) return {};
  for (const [name, value] of Object.entries(json)) {
    if (/^(Code|errorCode|ErrorCode)$/.test(name) && typeof value === 'string') return { code: value };
  }
  return {};
}
