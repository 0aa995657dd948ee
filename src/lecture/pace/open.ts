/** Opens what is folded away around the place that an address names. */
import { idOfFragment } from '../../foundation/addresses/fragment.ts';

function open(): void {
  // Behind a colon a link brings code for its cell.
  const [id = ''] = idOfFragment(location.hash).split(':');
  const target = id ? document.getElementById(id) : null;
  const folded = target?.closest<HTMLDetailsElement>('details.deeper');
  if (!target || !folded || folded.open) return;
  folded.open = true;
  target.scrollIntoView();
}

open();
addEventListener('hashchange', open);
