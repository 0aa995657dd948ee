/** GEOSEARCH, GEORADIUS and their kin: reading what is asked, finding it, answering or storing it. */
import type { Bytes } from '../core/bytes.ts';
import type { Client } from '../core/client.ts';
import { double, narrow, parseInteger } from '../core/numbers.ts';
import { err, NOT_INTEGER, SYNTAX, type Reply } from '../core/reply.ts';
import type { Server } from '../core/server.ts';
import type { SortedSetValue } from '../core/values.ts';
import { storeScores } from '../commands/sorted-set-algebra.ts';
import { cellsOf, distanceWithin, type Area } from './area.ts';
import { pointOf, scoresOf, type Point } from './cells.ts';
import { formatDistance } from './distance.ts';
import { partialSort } from '../commands/partial-sort.ts';
import { pointReply, readPoint, unitOf } from './words.ts';

/** Which of the commands it is. */
export interface Variant {
  /** Where the searched key is. */
  key: 1 | 2;
  /** GEORADIUS has its center and radius at fixed places, GEOSEARCH in words. */
  center: 'coordinates' | 'member' | 'words';
  /** Whether GEORADIUS may store. */
  stores: boolean;
}

interface Request {
  area: Area;
  withDistance: boolean;
  withHash: boolean;
  withPoint: boolean;
  /** 1: nearest first; -1: farthest first; 0: as they are found. */
  order: -1 | 0 | 1;
  /** 0: all. */
  count: number;
  /** Any so many, not the nearest. */
  any: boolean;
  store: Bytes | null;
  storeDistance: boolean;
}

interface Found {
  member: Bytes;
  score: number;
  point: Point;
  distance: number;
}

function memberPoint(zset: SortedSetValue, member: Bytes): Point {
  const score = zset.set.get(member);
  if (score === undefined) throw err('could not decode requested zset member');
  return pointOf(score);
}

function readLength(text: Bytes, what: string, negative: string): number {
  const length = double(text, err(`need numeric ${what}`));
  if (length < 0) throw err(negative);
  return length;
}

function readRadius(area: Area, [radius, unit]: Bytes[]): void {
  area.radius = readLength(radius!, 'radius', 'radius cannot be negative');
  area.unit = unitOf(unit!);
  area.box = null;
}

function readBox(area: Area, [width, height, unit]: Bytes[]): void {
  const w = double(width!, err('need numeric width'));
  const h = double(height!, err('need numeric height'));
  if (w < 0 || h < 0) throw err('height or width cannot be negative');
  area.unit = unitOf(unit!);
  area.box = { width: w, height: h };
}

/** Reads the fixed places and the words behind them, in the order in which Redis finds what is wrong. */
function parse(argv: Bytes[], variant: Variant, zset: SortedSetValue | undefined): Request {
  const area: Area = { center: { longitude: 0, latitude: 0 }, unit: 1, radius: 0, box: null };
  const request: Request = {
    area,
    withDistance: false,
    withHash: false,
    withPoint: false,
    order: 0,
    count: 0,
    any: false,
    store: variant.key === 2 ? argv[1]! : null,
    storeDistance: false,
  };
  let at = variant.key + 1;
  if (variant.center === 'coordinates') {
    area.center = readPoint(argv[2]!, argv[3]!);
    readRadius(area, argv.slice(4));
    at = 6;
  } else if (variant.center === 'member') {
    if (zset) {
      area.center = memberPoint(zset, argv[2]!);
      readRadius(area, argv.slice(3));
    }
    at = 5;
  }
  const words = variant.center === 'words';
  let [from, by] = ['', ''];
  for (; at < argv.length; at++) {
    const word = argv[at]!.toLowerCase();
    const left = argv.length - at - 1;
    if (word === 'withdist') request.withDistance = true;
    else if (word === 'withhash') request.withHash = true;
    else if (word === 'withcoord') request.withPoint = true;
    else if (word === 'any') request.any = true;
    else if (word === 'asc') request.order = 1;
    else if (word === 'desc') request.order = -1;
    else if (word === 'count' && left >= 1) request.count = readCount(argv[++at]!);
    else if (!words && variant.stores && left >= 1 && /^store(dist)?$/.test(word)) {
      request.store = argv[++at]!;
      request.storeDistance = word === 'storedist';
    } else if (words && variant.key === 2 && word === 'storedist') request.storeDistance = true;
    else if (words && word === 'frommember' && left >= 1 && from !== 'point') {
      at++;
      if (zset) area.center = memberPoint(zset, argv[at]!);
      from = 'member';
    } else if (words && word === 'fromlonlat' && left >= 2 && from !== 'member') {
      area.center = readPoint(argv[++at]!, argv[++at]!);
      from = 'point';
    } else if (words && word === 'byradius' && left >= 2 && by !== 'box') {
      readRadius(area, argv.slice(at + 1));
      at += 2;
      by = 'radius';
    } else if (words && word === 'bybox' && left >= 3 && by !== 'radius') {
      readBox(area, argv.slice(at + 1));
      at += 3;
      by = 'box';
    } else throw SYNTAX;
  }
  if (request.store !== null && (request.withDistance || request.withHash || request.withPoint)) {
    const name = words ? 'GEOSEARCHSTORE' : 'STORE option in GEORADIUS';
    throw err(`${name} is not compatible with WITHDIST, WITHHASH and WITHCOORD options`);
  }
  if (words && from === '') {
    throw err(`exactly one of FROMMEMBER or FROMLONLAT can be specified for ${argv[0]!}`);
  }
  if (words && by === '') {
    throw err(`exactly one of BYRADIUS and BYBOX can be specified for ${argv[0]!}`);
  }
  if (request.any && request.count === 0) throw err('the ANY argument requires COUNT argument');
  // The first of them would be any of them.
  if (request.count > 0 && !request.any && request.order === 0) request.order = 1;
  return request;
}

function readCount(text: Bytes): number {
  const count = parseInteger(text);
  if (count === undefined) throw NOT_INTEGER;
  if (count <= 0) throw err('COUNT must be > 0');
  return Number(count);
}

function find(zset: SortedSetValue, { area, any, count }: Request): Found[] {
  const found: Found[] = [];
  const enough = any ? count : Infinity;
  for (const cell of cellsOf(area)) {
    const [min, max] = scoresOf(cell);
    const first = zset.set.at(zset.set.countWhile((e) => e.score < min));
    for (let e = first; e && e.score < max && found.length < enough; e = e.next) {
      const point = pointOf(e.score);
      const distance = distanceWithin(area, point);
      if (distance !== null) found.push({ member: e.member, score: e.score, point, distance });
    }
  }
  return found;
}

/** The wanted ones, in the wanted order. */
function arrange(found: Found[], { order, count }: Request): Found[] {
  const compare = (a: Found, b: Found): number => order * (a.distance - b.distance);
  const wanted = count > 0 && count < found.length ? count : found.length;
  if (order !== 0) {
    if (wanted === found.length) found.sort(compare);
    else partialSort(found, compare, 0, wanted - 1);
  }
  return found.slice(0, wanted);
}

/** A score as 64 bits with a sign. */
const hashReply = (score: number): Reply =>
  Math.abs(score) < 2 ** 63 ? narrow(BigInt(Math.trunc(score))) : -(2n ** 63n);

export function search(server: Server, client: Client, argv: Bytes[], variant: Variant): Reply {
  const zset = client.db.readAs(argv[variant.key]!, 'zset');
  const request = parse(argv, variant, zset);
  const found = zset ? arrange(find(zset, request), request) : [];
  const { unit } = request.area;
  if (request.store !== null) {
    const score = (f: Found): number => (request.storeDistance ? f.distance / unit : f.score);
    const scores = new Map(found.map((f) => [f.member, score(f)]));
    const event = variant.center === 'words' ? 'zgeosearchstore' : 'zgeoradiusstore';
    return storeScores(server, client, request.store, scores, event);
  }
  const { withDistance, withHash, withPoint } = request;
  if (!withDistance && !withHash && !withPoint) return found.map(({ member }) => member);
  return found.map(({ member, score, point, distance }) => [
    member,
    ...(withDistance ? [formatDistance(distance / unit)] : []),
    ...(withHash ? [hashReply(score)] : []),
    ...(withPoint ? [pointReply(point)] : []),
  ]);
}
