// The console's built files, an edge and a hub, all made up: for development and browser tests without anything else.
//   node mocks/server.mjs [--port 4173] [--scenario small] [--dist dist]
// Another scenario for one browser: GET /mock/small, /mock/degraded, … (a cookie; the world is that cookie's own).
// POST /mock/expire ends the session, POST /mock/hub?down=true|false, POST /mock/event {event, data}.
import { createReadStream, existsSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { answer } from './api.mjs';
import { emit, makeWorld, SCENARIOS } from './world.mjs';

const arguments_ = process.argv.slice(2);
const option = (name, otherwise) => {
  const at = arguments_.indexOf(`--${name}`);
  return at < 0 ? otherwise : arguments_[at + 1];
};
const port = Number(option('port', '4173'));
const standard = option('scenario', 'small');
const dist = normalize(option('dist', fileURLToPath(new URL('../dist', import.meta.url))));
if (!SCENARIOS.includes(standard)) throw new Error(`--scenario: ${standard} (expected: ${SCENARIOS.join(', ')})`);

export const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.json': 'application/json' };

const worlds = new Map();
let number = 0;

function cookies(request) {
  return Object.fromEntries(
    (request.headers.cookie ?? '').split(';').map((each) => {
      const [name, ...value] = each.trim().split('=');
      return [name, value.join('=')];
    }),
  );
}

function worldOf(request) {
  const chosen = cookies(request)['weft-mock'] ?? `${standard}~0`;
  if (!worlds.has(chosen)) {
    const scenario = chosen.split('~')[0];
    worlds.set(chosen, makeWorld(SCENARIOS.includes(scenario) ? scenario : standard));
  }
  return worlds.get(chosen);
}

function json(response, status, body, headers = {}) {
  response.writeHead(status, { 'Content-Type': status >= 400 ? 'application/problem+json' : 'application/json', 'Cache-Control': 'no-store', 'X-Request-Id': `mock-${++number}`, ...headers });
  response.end(status === 204 ? undefined : JSON.stringify(body));
}

function redirect(response, to, cookie) {
  response.writeHead(302, { Location: to, ...(cookie && { 'Set-Cookie': cookie }) });
  response.end();
}

async function bodyOf(request) {
  let text = '';
  for await (const part of request) text += part;
  return text;
}

function session(world, loggedIn) {
  if (!loggedIn || world.sessionOver) return { authenticated: false, loginUrl: '/login' };
  return {
    authenticated: true,
    user: { name: 'ada', displayName: 'Ada Lovelace', email: 'ada@example.test' },
    tenants: [
      { name: 'demo', roles: world.roles },
      { name: 'other', roles: ['viewer'] },
    ],
    csrf: { headerName: 'X-CSRF-TOKEN', token: 'mock-csrf' },
    expiresAt: new Date(Date.now() + 8 * 3_600_000).toISOString(),
    issuer: { kind: 'embedded' },
    demo: true,
  };
}

function stream(world, request, response) {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  response.write(`: weft\nretry: 2000\n\nid: ${world.position}\nevent: start\ndata: {}\n\n`);
  const listener = (event, data, position) => response.write(`id: ${position}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  world.listeners.add(listener);
  const beat = setInterval(() => response.write(': still here\n\n'), 10_000);
  const end = () => {
    clearInterval(beat);
    world.listeners.delete(listener);
    response.end();
  };
  listener.end = end;
  request.on('close', end);
}

function file(response, path) {
  const type = TYPES[extname(path)] ?? 'application/octet-stream';
  response.writeHead(200, {
    'Content-Type': type,
    'Content-Security-Policy': POLICY,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cache-Control': path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
  });
  createReadStream(path).pipe(response);
}

async function mock(world, url, request, response) {
  const what = url.pathname.slice('/mock/'.length);
  if (SCENARIOS.includes(what)) return redirect(response, url.searchParams.get('to') ?? '/', `weft-mock=${what}~${++number}; Path=/`);
  if (what === 'expire') world.sessionOver = true;
  else if (what === 'hub') {
    world.hubDown = url.searchParams.get('down') === 'true';
    if (world.hubDown) [...world.listeners].forEach((listener) => listener.end());
  } else if (what === 'event') {
    const { event, data } = JSON.parse(await bodyOf(request));
    emit(world, event, data);
  } else return json(response, 404, { title: 'Not Found', status: 404 });
  return json(response, 200, {});
}

async function handle(request, response) {
  const url = new URL(request.url, 'http://mock');
  const world = worldOf(request);
  const loggedIn = 'weft-session' in cookies(request);
  const path = url.pathname;
  if (path.startsWith('/mock/')) return mock(world, url, request, response);
  if (path === '/session') return json(response, 200, session(world, loggedIn));
  if (path === '/login') {
    world.sessionOver = false;
    const to = url.searchParams.get('returnTo') ?? '/';
    return redirect(response, /^\/(?![/\\])/.test(to) ? to : '/', 'weft-session=mock; Path=/; HttpOnly; SameSite=Lax');
  }
  if (path === '/logout') return json(response, 200, { redirect: '/mock/logged-out' }, { 'Set-Cookie': 'weft-session=; Path=/; Max-Age=0' });
  if (path.startsWith('/api/')) {
    if (!loggedIn || world.sessionOver) return json(response, 401, { type: 'https://weft.io/problems/session-expired', title: 'Unauthorized', status: 401, detail: 'The session has ended; log in again.' });
    if (request.method !== 'GET' && request.headers['x-csrf-token'] !== 'mock-csrf') return json(response, 403, { type: 'https://weft.io/problems/csrf', title: 'Forbidden', status: 403 });
    if (world.hubDown || world.scenario === 'offline') return json(response, 503, { type: 'https://weft.io/problems/hub-unavailable', title: 'Service Unavailable', status: 503, detail: 'No hub answers.' }, { 'Retry-After': '2' });
    if (path.endsWith('/stream')) return stream(world, request, response);
    if (world.scenario === 'failing') return json(response, 500, { title: 'Internal Server Error', status: 500, detail: 'The hub failed; its log says why.' });
    if (world.delay > 0) await new Promise((done) => setTimeout(done, world.delay));
    const text = await bodyOf(request);
    const result = answer(world, { method: request.method, path, query: url.searchParams, headers: request.headers, text });
    if (result.text !== undefined) {
      response.writeHead(result.status, { 'Content-Type': 'application/yaml;charset=UTF-8', 'Cache-Control': 'no-store' });
      return response.end(result.text);
    }
    return json(response, result.status, result.body, result.headers);
  }
  const asset = normalize(join(dist, decodeURIComponent(path)));
  if (asset.startsWith(dist) && existsSync(asset) && statSync(asset).isFile()) return file(response, asset);
  if (extname(path) !== '' && path.startsWith('/assets/')) return json(response, 404, { title: 'Not Found', status: 404 });
  return file(response, join(dist, 'index.html'));
}

createServer((request, response) => {
  handle(request, response).catch((thrown) => {
    console.error(thrown);
    if (!response.headersSent) json(response, 500, { title: 'Internal Server Error', status: 500, detail: String(thrown) });
  });
}).listen(port, '127.0.0.1', function () {
  console.log(`http://127.0.0.1:${this.address().port}/ (simulated; scenario ${standard})`);
});
