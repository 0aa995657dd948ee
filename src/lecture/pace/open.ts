/** Opens what is folded away around the place that an address names. */

function open(): void {
  const id = decodeURIComponent(location.hash.slice(1).split(':')[0]!);
  const target = id ? document.getElementById(id) : null;
  const folded = target?.closest<HTMLDetailsElement>('details.deeper');
  if (!target || !folded || folded.open) return;
  folded.open = true;
  target.scrollIntoView();
}

open();
addEventListener('hashchange', open);
