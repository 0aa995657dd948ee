/**
 * How many databases of a kind may live on a page at once. A PostgreSQL takes 128 MB, so there is
 * one; when another cell needs one, the least recently used that rests has to go.
 */
import { RunStopped } from './errors.ts';

/** Somebody who holds, or wants, a place. */
export interface Guest {
  /** A busy guest keeps its place. */
  readonly busy: boolean;
  /** Gives the place up. */
  evict(): void;
}

/** The places for databases of one kind. */
export interface Room<G extends Guest> {
  /** Whether a newcomer would find a place without anybody leaving. */
  readonly hasFreePlace: boolean;
  /**
   * Takes a place, or keeps the one that it has, as the most recently used.
   *
   * @param onWait called if all places are busy and it has to wait.
   * @throws RunStopped if `signal` is aborted while it waits.
   */
  enter(guest: G, signal: AbortSignal, onWait?: () => void): Promise<void>;
  /** Gives the place up. */
  leave(guest: G): void;
  /** To be called when a guest is no longer busy. */
  rested(): void;
}

export function createRoom<G extends Guest>(places: number): Room<G> {
  /** Least recently used first. */
  const inside = new Set<G>();
  const waiting: (() => void)[] = [];
  /** Everybody looks again; who finds no place goes on waiting, in order. */
  const lookAgain = () => waiting.splice(0).forEach((look) => look());

  const findPlace = (guest: G): boolean => {
    if (!inside.delete(guest) && inside.size >= places) {
      const idle = [...inside].find((other) => !other.busy);
      if (!idle) return false;
      inside.delete(idle);
      idle.evict();
    }
    inside.add(guest);
    return true;
  };

  return {
    get hasFreePlace() {
      return inside.size < places;
    },
    async enter(guest, signal, onWait) {
      if (findPlace(guest)) return;
      onWait?.();
      while (!findPlace(guest)) {
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
          signal.addEventListener('abort', () => resolve(), { once: true });
        });
        if (signal.aborted) {
          lookAgain();
          throw new RunStopped();
        }
      }
    },
    leave(guest) {
      inside.delete(guest);
      lookAgain();
    },
    rested: lookAgain,
  };
}
