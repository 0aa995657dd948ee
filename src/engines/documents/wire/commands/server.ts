/** Commands about the server itself, and those that drivers and mongosh ask when they connect. */
import { arch, cpus, hostname, release, totalmem, type } from 'node:os';
import { fail } from '../../errors.ts';
import { MONGODB_VERSION } from '../../api/version.ts';
import { typeOf } from '../../values/types.ts';
import type { Answer, Call, Command } from '../call.ts';
import { hello, SET_NAME } from '../hello.ts';
import { MAX_DOCUMENT_BYTES } from '../../storage/collection-data.ts';
import { numberOf, TIMEOUT_MINUTES } from '../sessions.ts';
import { Binary } from '../../values/types.ts';
import { randomBytes } from 'node:crypto';

/** `8.0.0`, as clients take it apart. */
const VERSION = MONGODB_VERSION.split('.').length === 2 ? `${MONGODB_VERSION}.0` : MONGODB_VERSION;

const saysHello =
  (primary: 'isWritablePrimary' | 'ismaster') =>
  ({ service, connection }: Call): Answer =>
    hello(primary, { address: service.address, connection, now: service.clock.now() });

/** What a client says of itself in its first `hello`. */
const HELLO_FIELDS = [
  'helloOk',
  'client',
  'compression',
  'topologyVersion',
  'maxAwaitTimeMS',
  'saslSupportedMechs',
  'speculativeAuthenticate',
  'loadBalanced',
  'backpressure',
  'hostInfo',
  'internalClient',
];

const PARAMETERS: Readonly<Record<string, unknown>> = {
  featureCompatibilityVersion: { version: MONGODB_VERSION.split('.').slice(0, 2).join('.') },
};

function getParameter({ args, command }: Call): Answer {
  const all = args.any('getParameter') === '*';
  const asked = Object.keys(PARAMETERS).filter((name) => all || command[name] !== undefined);
  if (asked.length === 0) fail(72, 'no option found to get');
  return Object.fromEntries(asked.map((name) => [name, PARAMETERS[name]]));
}

/** There is no log to be read from here: what it says goes to where the server was started. */
function getLog({ args }: Call): Answer {
  const name = args.any('getLog');
  if (typeof name !== 'string')
    return fail(14, `Argument to getLog must be of type String; found ${typeOf(name)}`);
  if (name === '*') return { names: ['global', 'startupWarnings'] };
  if (name !== 'global' && name !== 'startupWarnings') fail(96, `No log named '${name}'`);
  return { totalLinesWritten: 0, log: [] };
}

function serverStatus({ service }: Call): Answer {
  const uptime = (performance.now() - service.began) / 1000;
  const memory = process.memoryUsage();
  return {
    host: service.address,
    version: VERSION,
    process: 'mongod',
    pid: process.pid,
    uptime: Math.floor(uptime),
    uptimeMillis: Math.floor(uptime * 1000),
    localTime: service.clock.now(),
    connections: { current: service.connections() },
    logicalSessionRecordCache: { activeSessionsCount: service.sessions.size },
    mem: {
      bits: 64,
      resident: Math.floor(memory.rss / 1024 / 1024),
      virtual: Math.floor(memory.rss / 1024 / 1024),
      supported: true,
    },
    repl: { setName: SET_NAME, hosts: [service.address], isWritablePrimary: true },
    storageEngine: { name: 'memory', persistent: false },
    metrics: {
      ...structuredClone(service.catalog.metrics),
      cursor: { open: { total: service.cursors.size } },
    },
  };
}

function hostInfo({ service }: Call): Answer {
  return {
    system: {
      currentTime: service.clock.now(),
      hostname: hostname(),
      cpuAddrSize: 64,
      memSizeMB: Math.floor(totalmem() / 1024 / 1024),
      numCores: cpus().length,
      cpuArch: arch(),
    },
    os: { type: type(), name: type(), version: release() },
    extra: {},
  };
}

function connectionStatus({ args }: Call): Answer {
  const authInfo = { authenticatedUsers: [], authenticatedUserRoles: [] };
  return {
    authInfo: args.flag('showPrivileges')
      ? { ...authInfo, authenticatedUserPrivileges: [] }
      : authInfo,
  };
}

const noAuthentication = (): never =>
  fail(
    18,
    'This document store has no users. Connect without a name and a password: it listens on this machine alone.',
  );

function numberedSession({ session, args }: Call): [NonNullable<Call['session']>, bigint] {
  const number = args.any('txnNumber');
  if (!session || number === undefined)
    return fail(72, 'A transaction is told by its session (lsid) and its number (txnNumber)');
  return [session, numberOf(number)];
}

const lsids = ({ args, command }: Call): readonly unknown[] => {
  const ids = args.any(Object.keys(command)[0]!);
  return Array.isArray(ids) ? ids : [];
};

function endSessions(call: Call): Answer {
  for (const id of lsids(call)) call.service.sessions.end(id as never);
  return {};
}

export const SERVER: Readonly<Record<string, Command>> = {
  hello: { run: saysHello('isWritablePrimary'), takes: HELLO_FIELDS },
  isMaster: { run: saysHello('ismaster'), takes: HELLO_FIELDS },
  ping: { run: () => ({}) },
  buildInfo: {
    run: () => ({
      version: VERSION,
      gitVersion: '',
      modules: [],
      versionArray: [...VERSION.split('.').map(Number), 0],
      javascriptEngine: 'none',
      bits: 64,
      debug: false,
      maxBsonObjectSize: MAX_DOCUMENT_BYTES,
      storageEngines: ['memory'],
    }),
  },
  hostInfo: { run: hostInfo },
  serverStatus: {
    run: serverStatus,
    // Sections that are wanted, or are not: all that there are come.
    takes: [
      'repl',
      'metrics',
      'locks',
      'mirroredReads',
      'latchAnalysis',
      'opLatencies',
      'tcmalloc',
    ],
  },
  getParameter: {
    run: getParameter,
    admin: true,
    takes: [...Object.keys(PARAMETERS), 'allParameters'],
  },
  getCmdLineOpts: {
    run: ({ service }) => {
      const [bindIp, port] = service.address.split(':');
      return {
        argv: ['document-store', '--port', port],
        parsed: { net: { bindIp, port: Number(port) }, replication: { replSet: SET_NAME } },
      };
    },
    admin: true,
  },
  getLog: { run: getLog, admin: true },
  connectionStatus: { run: connectionStatus, takes: ['showPrivileges'] },
  whatsmyuri: { run: ({ service }) => ({ you: service.address }) },
  logout: { run: () => ({}) },
  saslStart: {
    run: noAuthentication,
    takes: ['mechanism', 'payload', 'autoAuthorize', 'options', 'db'],
  },
  saslContinue: { run: noAuthentication, takes: ['conversationId', 'payload'] },
  authenticate: { run: noAuthentication, takes: ['mechanism', 'user', 'db'] },
  startSession: {
    run: () => ({
      id: { id: new Binary(randomBytes(16), 4) },
      timeoutMinutes: TIMEOUT_MINUTES,
    }),
  },
  refreshSessions: {
    run: (call) => {
      for (const id of lsids(call)) call.service.sessions.of(id as never);
      return {};
    },
  },
  endSessions: { run: endSessions },
  killSessions: { run: endSessions },
  commitTransaction: {
    run: (call) => {
      const [session, number] = numberedSession(call);
      session.commit(number);
      return {};
    },
    admin: true,
    takes: ['recoveryToken'],
  },
  abortTransaction: {
    run: (call) => {
      const [session, number] = numberedSession(call);
      session.abortOnDemand(number);
      return {};
    },
    admin: true,
    takes: ['recoveryToken'],
  },
};
