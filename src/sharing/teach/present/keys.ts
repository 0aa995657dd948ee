/** What a key does in a presentation. Remote controls send Page Down and Page Up. */

export type Command = 'next' | 'previous' | 'first' | 'last' | 'leave';

export interface Press {
  key: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
}

/** Whether the step goes on outside the screen: then a screenful comes before the next step. */
export interface Room {
  above: boolean;
  below: boolean;
}

/** @returns the command, or nothing where the browser's own answer is the right one. */
export function commandOf(press: Press, room: Room): Command | undefined {
  if (press.ctrlKey || press.altKey || press.metaKey) return undefined;
  if (press.key === ' ') return press.shiftKey ? back(room) : on(room);
  if (press.shiftKey) return undefined;
  switch (press.key) {
    case 'ArrowRight':
      return 'next';
    case 'ArrowLeft':
      return 'previous';
    case 'PageDown':
      return on(room);
    case 'PageUp':
      return back(room);
    case 'Home':
      return 'first';
    case 'End':
      return 'last';
    case 'Escape':
      return 'leave';
    default:
      return undefined;
  }
}

const on = ({ below }: Room): Command | undefined => (below ? undefined : 'next');
const back = ({ above }: Room): Command | undefined => (above ? undefined : 'previous');
