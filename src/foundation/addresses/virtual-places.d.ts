/**
 * Where every lasting id of the course leads, redirects followed. Only what renders a page reads it; whoever
 * can be handed it is handed it. `sharing/permalinks` knows all kinds of things, and fills it.
 */
declare module 'virtual:places' {
  import type { Places } from './permalink.ts';

  const places: Places;
  export default places;
}
